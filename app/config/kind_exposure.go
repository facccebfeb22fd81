package config

import (
	"errors"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// filter says which entities Alexa may know of.
var filter = kind[exposure.Filter]{
	allowed: "rules between commas or line breaks: a domain (light), an entity or a pattern (light.kitchen_*), area:NAME, label:NAME, " +
		"exposed, all, none; - before a rule leaves out, + lets in what is hidden too; the last rule about an entity decides; " +
		"or the path of a file that holds them",
	parse: func(text string) (exposure.Filter, error) {
		f, err := exposure.Parse(text)
		var mistakes exposure.Mistakes
		if !errors.As(err, &mistakes) {
			return f, err
		}
		for i := range mistakes {
			if setting.LooksSecret(mistakes[i].Rule) {
				mistakes[i].Rule = secret.Mask
			}
		}
		return f, fmt.Errorf("cannot be taken: %w", mistakes)
	},
	show: exposure.Filter.String,
}

// namingStyle says what is done with the names that the home gives.
var namingStyle = kind[naming.Style]{
	allowed: naming.StyleAllowed,
	parse: func(text string) (naming.Style, error) {
		s, err := naming.ParseStyle(text)
		if err != nil && setting.LooksSecret(text) {
			err = errors.New("holds a word that is neither area nor all")
		}
		return s, err
	},
	show: naming.Style.String,
}

// overrides are names, descriptions and categories of single entities.
var overrides = kind[naming.Overrides]{
	allowed: naming.OverridesAllowed + ", or the path of a file that holds them",
	parse: func(text string) (naming.Overrides, error) {
		o, err := naming.ParseOverrides(text)
		if err != nil {
			err = fmt.Errorf("cannot be taken: %w", err)
		}
		return o, err
	},
	show: naming.Overrides.String,
}
