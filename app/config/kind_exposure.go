package config

import (
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// filter says which entities Alexa may know of.
var filter = kind[exposure.Filter]{
	allowed: "rules between commas or line breaks: a domain (light), an entity or a pattern (light.kitchen_*), area:NAME, label:NAME, " +
		"exposed, all, none; - before a rule leaves out, + lets in what is hidden too; the last rule about an entity decides; " +
		"or the path of a file that holds them",
	parse: setting.Filter,
	show:  exposure.Filter.String,
}

// namingStyle says what is done with the names that the home gives.
var namingStyle = kind[naming.Style]{
	allowed: naming.StyleAllowed,
	parse:   setting.NamingStyle,
	show:    naming.Style.String,
}

// overrides are names, descriptions and categories of single entities.
var overrides = kind[naming.Overrides]{
	allowed: naming.OverridesAllowed + ", or the path of a file that holds them",
	parse:   setting.Overrides,
	show:    naming.Overrides.String,
}
