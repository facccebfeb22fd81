package main

import (
	"errors"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// settings are those of the engine's that the failsafe obeys.
type settings struct {
	URL              string
	Enabled          bool
	Token            secret.Text
	Headers          map[string]secret.Text
	CA, Cert         string
	Key              secret.Text
	Verify           bool
	Timeout          time.Duration
	Features         setting.Features
	Locale           string
	Expose           exposure.Filter
	Style            naming.Style
	Overrides        naming.Overrides
	Codes            map[home.EntityID]secret.Text
	Unlocks, Disarms bool
}

// variable is one setting: how it is called, what is taken without it, and how it is
// read. app/config has the table of all of them; TestVariables compares.
type variable struct {
	name    string
	aliases []string
	// path is the parameter's name below the prefix.
	path string
	// fallback is the default, whenWrong what is taken for a mistake where that is
	// another, and while nobody knows.
	fallback, whenWrong string
	// file says that the environment may name a file, list that the parameter may be
	// a StringList.
	file, list bool
	set        func(*settings, string) error
}

// put returns what reads a text with one of setting's functions and keeps it.
func put[T any](parse func(string) (T, error), at func(*settings) *T) func(*settings, string) error {
	return func(s *settings, text string) error {
		value, err := parse(text)
		if err == nil {
			*at(s) = value
		}
		return err
	}
}

var variables = []variable{
	{name: "HOME_ASSISTANT_URL", path: "homeassistant/url", set: put(setting.HomeURL, func(s *settings) *string { return &s.URL })},
	{name: "HOME_ASSISTANT_ENABLED", path: "homeassistant/enabled", fallback: "true", set: put(setting.Bool, func(s *settings) *bool { return &s.Enabled })},
	{name: "HOME_ASSISTANT_TOKEN", path: "homeassistant/token", set: put(setting.Token, func(s *settings) *secret.Text { return &s.Token })},
	{
		name: "HOME_ASSISTANT_HEADERS", path: "homeassistant/headers", file: true,
		set: put(setting.Headers, func(s *settings) *map[string]secret.Text { return &s.Headers }),
	},
	{name: "HOME_ASSISTANT_CA", path: "homeassistant/ca", file: true, set: put(setting.Certificates, func(s *settings) *string { return &s.CA })},
	{name: "HOME_ASSISTANT_CLIENT_CERT", path: "homeassistant/client_cert", file: true, set: put(setting.Certificates, func(s *settings) *string { return &s.Cert })},
	{
		name: "HOME_ASSISTANT_CLIENT_KEY", aliases: []string{"HOME_ASSISTANT_CLIENT_CERT_KEY"}, path: "homeassistant/client_key", file: true,
		set: put(setting.PrivateKey, func(s *settings) *secret.Text { return &s.Key }),
	},
	{
		name: "HOME_ASSISTANT_VERIFY_SSL", aliases: []string{"HA_VERIFY_SSL"}, path: "homeassistant/verify_ssl", fallback: "true",
		set: put(setting.Bool, func(s *settings) *bool { return &s.Verify }),
	},
	{
		name: "HOME_ASSISTANT_TIMEOUT", aliases: []string{"HA_TIMEOUT"}, path: "homeassistant/timeout", fallback: "30",
		set: put(func(text string) (time.Duration, error) { return setting.Seconds(text, time.Second, 15*time.Minute) },
			func(s *settings) *time.Duration { return &s.Timeout }),
	},
	{
		name: "HA_FEATURES", aliases: []string{"HA_FEATURE_PRESET"}, path: "homeassistant/features", fallback: "full", list: true,
		set: put(setting.ParseFeatures, func(s *settings) *setting.Features { return &s.Features }),
	},
	{name: "HA_LOCALE", path: "homeassistant/locale", fallback: "en-US", set: put(setting.Locale, func(s *settings) *string { return &s.Locale })},
	{
		name: "HA_EXPOSE", path: "homeassistant/expose", whenWrong: "none", file: true, list: true,
		set: put(setting.Filter, func(s *settings) *exposure.Filter { return &s.Expose }),
	},
	{name: "HA_NAMES", path: "homeassistant/names", list: true, set: put(setting.NamingStyle, func(s *settings) *naming.Style { return &s.Style })},
	{name: "HA_OVERRIDES", path: "homeassistant/overrides", file: true, set: put(setting.Overrides, func(s *settings) *naming.Overrides { return &s.Overrides })},
	{name: "HA_CODES", path: "homeassistant/codes", file: true, set: put(setting.Codes, func(s *settings) *map[home.EntityID]secret.Text { return &s.Codes })},
	{
		name: "HA_VOICE_UNLOCK", path: "homeassistant/voice_unlock", fallback: "true", whenWrong: "false",
		set: put(setting.Bool, func(s *settings) *bool { return &s.Unlocks }),
	},
	{
		name: "HA_VOICE_DISARM", path: "homeassistant/voice_disarm", fallback: "true", whenWrong: "false",
		set: put(setting.Bool, func(s *settings) *bool { return &s.Disarms }),
	},
}

// sources are where settings are looked for, the stronger one first.
type sources struct {
	getenv func(string) string
	// parameters are those of the Parameter Store by their path below the prefix.
	parameters map[string]parameter
	// unknown says that there may be parameters, and nobody could be asked.
	unknown bool
}

// mistakes are settings that cannot be taken, by their names, without what was written.
type mistakes []mistake

type mistake struct {
	name string
	err  error
}

// err returns all of them, nil for none.
func (m mistakes) err() error {
	var all []string
	for _, one := range m {
		all = append(all, one.name+" "+strings.ReplaceAll(one.err.Error(), "\n", " "))
	}
	if all == nil {
		return nil
	}
	return errors.New(strings.Join(all, "; "))
}

// has says whether a setting is among them.
func (m mistakes) has(name string) bool {
	return slices.ContainsFunc(m, func(one mistake) bool { return one.name == name })
}

// settings reads them all. A mistake takes the default, as in the engine.
func (from sources) settings() (s settings, wrong mistakes) {
	for _, v := range variables {
		text, err := from.text(v, &s)
		if err == nil && text != "" {
			err = v.set(&s, text)
		}
		if err == nil {
			continue
		}
		wrong = append(wrong, mistake{v.name, err})
		if instead := v.instead(&s); instead != "" {
			_ = v.set(&s, instead) // one of the values allowed
		}
	}
	if err := setting.ClientCertificate(s.Cert, s.Key); err != nil {
		wrong = append(wrong, mistake{"HOME_ASSISTANT_CLIENT_CERT", err})
		s.Cert, s.Key = "", secret.Text{}
	}
	return s, wrong
}

// instead returns what is taken for a mistake.
func (v variable) instead(s *settings) string {
	if v.whenWrong != "" {
		return v.whenWrong
	}
	return v.unsaid(s)
}

// unsaid returns what is taken where nothing is said.
func (v variable) unsaid(s *settings) string {
	if v.name == "HOME_ASSISTANT_ENABLED" && s.URL == "" {
		return "false"
	}
	return v.fallback
}

// text returns what is said of a variable, or its default.
func (from sources) text(v variable, s *settings) (string, error) {
	var first string
	for _, name := range append([]string{v.name}, v.aliases...) {
		text := strings.TrimSpace(from.getenv(name))
		if text == "" {
			continue
		}
		if v.file {
			var err error
			if text, err = content(text); err != nil {
				return "", err
			}
		}
		if first != "" && !v.same(first, text) {
			return "", errors.New("is also given as " + name + ", which says something else")
		}
		if first == "" {
			first = text
		}
	}
	if first != "" {
		return first, nil
	}
	if p, ok := from.parameters[v.path]; ok {
		text := strings.TrimSpace(p.Value)
		switch {
		case p.Type == "StringList" && !v.list:
			return "", errors.New("is a StringList, which this setting is not")
		case text == "":
			return "", errors.New("is empty")
		}
		return text, nil
	}
	if from.unknown && v.whenWrong != "" {
		return "", errors.New("may be in the Parameter Store, which does not answer")
	}
	return v.unsaid(s), nil
}

// same says whether two spellings of a variable say the same.
func (v variable) same(a, b string) bool {
	var one, other settings
	return a == b || v.set(&one, a) == nil && v.set(&other, b) == nil && reflect.DeepEqual(one, other)
}

// largestFile bounds what is read of a file.
const largestFile = 256 << 10

// content returns the value of a variable, or what is in the file that it names.
func content(value string) (string, error) {
	path, named := strings.CutPrefix(value, "file:")
	if !named && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, ".") {
		return value, nil
	}
	f, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return "", errors.New("names a file that cannot be read")
	}
	defer func() { _ = f.Close() }() // it was only read
	raw, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	text := strings.TrimSpace(string(raw))
	switch {
	case err != nil || len(raw) > largestFile:
		return "", errors.New("names a file that cannot be read")
	case text == "":
		return "", errors.New("names a file that is empty")
	}
	return text, nil
}
