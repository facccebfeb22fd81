package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// newTerms returns the terms on which the failsafe offers the home: the engine's,
// as far as the environment says them. The home's registries are not asked here,
// so locks, alarms, garage doors and gates are offered only where the filter names
// them, and what depends on an area, a label or an exposure is not offered at all.
//
// What is left out costs nothing: Alexa keeps the devices that a discovery does
// not mention, and they go on working. What is let in by mistake stays in Alexa.
// So a filter that cannot be read, or that may be in the Parameter Store, lets
// nothing in; the error says so, for the log.
func newTerms(getenv func(string) string) (offer.Terms, error) {
	terms := offer.Terms{Filter: exposure.None(), House: capability.House{
		Locale:   getenv("HA_LOCALE"),
		NoUnlock: !allowed(getenv, "HA_VOICE_UNLOCK"), NoDisarm: !allowed(getenv, "HA_VOICE_DISARM"),
	}}
	filter, err := content(getenv("HA_EXPOSE"))
	if err != nil {
		return terms, fmt.Errorf("HA_EXPOSE: %w", err)
	}
	if filter == "" && isTrue(getenv("USE_PARAMETER_STORE")) {
		return terms, errors.New("HA_EXPOSE may be in the Parameter Store, which is not asked here")
	}
	if terms.Filter, err = exposure.Parse(filter); err != nil {
		return terms, fmt.Errorf("HA_EXPOSE: %w", err)
	}
	// A name that the settings spoil is no reason to offer nothing.
	style, err := naming.ParseStyle(getenv("HA_NAMES"))
	terms.Names.Style = style
	text, missing := content(getenv("HA_OVERRIDES"))
	overrides, wrong := naming.ParseOverrides(text)
	terms.Names.Overrides = overrides
	if err = errors.Join(err, missing, wrong); err != nil {
		return terms, fmt.Errorf("HA_NAMES or HA_OVERRIDES: %w", err)
	}
	return terms, nil
}

// allowed says whether a variable allows what is allowed unless somebody says
// otherwise, be it in the Parameter Store, which is not asked here. What is neither
// yes nor no counts as no.
func allowed(getenv func(string) string, name string) bool {
	value := getenv(name)
	if strings.TrimSpace(value) == "" {
		return !isTrue(getenv("USE_PARAMETER_STORE"))
	}
	return isTrue(value)
}

// content returns the value of a variable, or what is in the file that it names.
func content(value string) (string, error) {
	value = strings.TrimSpace(value)
	path, named := strings.CutPrefix(value, "file:")
	if !named && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, ".") {
		return value, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err == nil && strings.TrimSpace(string(text)) == "" {
		err = errors.New("the file is empty")
	}
	return string(text), err
}

// isTrue says whether a variable is a flag that is set, as app/config reads it.
func isTrue(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "true", "1", "yes", "on":
		return true
	default:
		return false
	}
}
