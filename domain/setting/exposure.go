package setting

import (
	"errors"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// filter says which entities Alexa may know of. With an error the value is exposure.None.
var filter = Kind{
	Allowed: "rules between commas or line breaks: a domain (light), an entity or a pattern (light.kitchen_*), area:NAME, label:NAME, " +
		"exposed, all, none; - before a rule leaves out, + lets in what is hidden too; the last rule about an entity decides; " +
		"or the path of a file that holds them",
	Parse: func(text string) (any, error) {
		f, err := exposure.Parse(text)
		var mistakes exposure.Mistakes
		if !errors.As(err, &mistakes) {
			return f, err
		}
		for i := range mistakes {
			if looksSecret(mistakes[i].Rule) {
				mistakes[i].Rule = secret.Mask
			}
		}
		return f, fmt.Errorf("cannot be taken: %w", mistakes)
	},
}

// namingStyle says how LEE changes the names that the home gives.
var namingStyle = Kind{
	Allowed: naming.StyleAllowed,
	Parse: func(text string) (any, error) {
		s, err := naming.ParseStyle(text)
		if err != nil && looksSecret(text) {
			err = errors.New("holds a word that is neither area nor all")
		}
		return s, err
	},
}

// overrides are names, descriptions and categories of single entities.
var overrides = Kind{
	Allowed: naming.OverridesAllowed + ", or the path of a file that holds them",
	Parse: func(text string) (any, error) {
		o, err := naming.ParseOverrides(text)
		if err != nil {
			err = fmt.Errorf("cannot be taken: %w", err)
		}
		return o, err
	},
}
