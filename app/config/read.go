package config

import (
	"io"
	"os"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// Surroundings returns the environment of this process.
func Surroundings() setting.Environment {
	return setting.Environment{Lookup: os.LookupEnv, Open: Open}
}

// Open opens a file of the disk that a variable names.
func Open(path string) (io.ReadCloser, error) { return os.Open(path) } //nolint:gosec // the operator names it

// FromEnvironment returns the settings that the environment and the defaults
// give, without the Parameter Store.
func FromEnvironment(e setting.Environment) (Settings, setting.Mistakes) {
	r := read(setting.Sources{Environment: e})
	return r.settings, r.Mistakes
}

// Defaults returns the settings of an empty environment.
func Defaults() Settings {
	s, _ := FromEnvironment(setting.Environment{Lookup: func(string) (string, bool) { return "", false }})
	return s
}

// reading is the table read once.
type reading struct {
	setting.Reading
	settings Settings
}

func read(from setting.Sources) reading {
	var s Settings
	r := table.Read(&s, from)
	return reading{r, s}
}
