package setting

import (
	"errors"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Filter reads which entities Alexa may know of (HA_EXPOSE). With an error it is
// exposure.None.
func Filter(text string) (exposure.Filter, error) {
	f, err := exposure.Parse(text)
	var mistakes exposure.Mistakes
	if !errors.As(err, &mistakes) {
		return f, err
	}
	for i := range mistakes {
		if LooksSecret(mistakes[i].Rule) {
			mistakes[i].Rule = secret.Mask
		}
	}
	return f, fmt.Errorf("cannot be taken: %w", mistakes)
}

// NamingStyle reads what is done with the names that the home gives (HA_NAMES).
func NamingStyle(text string) (naming.Style, error) {
	s, err := naming.ParseStyle(text)
	if err != nil && LooksSecret(text) {
		err = errors.New("holds a word that is neither area nor all")
	}
	return s, err
}

// Overrides reads names, descriptions and categories of single entities
// (HA_OVERRIDES).
func Overrides(text string) (naming.Overrides, error) {
	o, err := naming.ParseOverrides(text)
	if err != nil {
		err = fmt.Errorf("cannot be taken: %w", err)
	}
	return o, err
}
