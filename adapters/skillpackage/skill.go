// Package skillpackage writes an Alexa skill as Amazon's command line, ask, takes it
// (https://developer.amazon.com/docs/alexa/smapi/skill-package-api-reference.html):
// the manifest of a Smart Home skill and its account linking, and, of one that people
// talk to besides, what they can say in each language.
package skillpackage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Skill is what differs from one household's skill to another's.
type Skill struct {
	// Name is what people see in the Alexa app; from 2 to 50 letters.
	Name string
	// Locales are the languages that people speak to it, "en-GB"; one at least.
	Locales []string
	// Functions are the ARNs of the functions that serve it, one a region at most.
	// There may be none yet: AWS lets a skill call a function by the skill's id,
	// which it has when it has been made. The first serves regions without one.
	Functions []string
	// Linking is how accounts are linked.
	Linking Linking
	// ID is the skill's id once it has one, else "".
	ID string
	// Assistant is whom people talk to; nil for a skill that has devices only.
	Assistant *Assistant
}

// The files of a skill below its folder. LinkingFile is for `ask smapi
// update-account-linking-info`; `ask deploy` reads the others.
const (
	ManifestFile  = "skill-package/skill.json"
	ResourcesFile = "ask-resources.json"
	StateFile     = ".ask/ask-states.json"
	LinkingFile   = "account-linking.json"
)

// ModelFile is the file of what people can say in a locale.
func ModelFile(locale string) string {
	return "skill-package/interactionModels/custom/" + locale + ".json"
}

var skillID = regexp.MustCompile(`^amzn1\.ask\.skill\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// Check returns everything that Amazon would not take, or nil.
func (s Skill) Check() error {
	var mistakes []error
	if n := utf8.RuneCountInString(s.Name); n < 2 || n > 50 {
		mistakes = append(mistakes, fmt.Errorf("the skill's name has %d letters, and may have from 2 to 50", n))
	}
	if len(s.Locales) == 0 {
		mistakes = append(mistakes, errors.New("the skill has no locale"))
	}
	for i, locale := range s.Locales {
		if _, err := RegionOf(locale); err != nil {
			mistakes = append(mistakes, err)
		} else if slices.Contains(s.Locales[:i], locale) {
			mistakes = append(mistakes, fmt.Errorf("the locale %s is there twice", locale))
		}
	}
	served := map[string]string{}
	for _, arn := range s.Functions {
		region, err := regionOfFunction(arn)
		switch {
		case err != nil:
			mistakes = append(mistakes, err)
		case served[region.Name] != "":
			mistakes = append(mistakes, fmt.Errorf("%s and %s are both in %s", served[region.Name], arn, region.AWS))
		default:
			served[region.Name] = arn
		}
	}
	if s.ID != "" && !skillID.MatchString(s.ID) {
		mistakes = append(mistakes, fmt.Errorf("%q is no skill's id, which is like amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef", s.ID))
	}
	return errors.Join(append(mistakes, s.checkLinking(), s.checkAssistant())...)
}

// checkLinking finds people who could not be linked: Home Assistant knows Alexa by
// the host that it comes from, which is another one in each region, and a skill has
// one client id.
func (s Skill) checkLinking() error {
	if s.Linking.ClientID == "" {
		return errors.New("the skill has no account linking, which every smart home skill must have")
	}
	if !slices.ContainsFunc(regions, func(r Region) bool { return r.ClientID == s.Linking.ClientID }) {
		return nil
	}
	for _, locale := range s.Locales {
		if r, err := RegionOf(locale); err == nil && r.ClientID != s.Linking.ClientID {
			return fmt.Errorf("people who speak %s could not link their accounts: Home Assistant knows Alexa under another name in each part of the world, and a skill has one; make a skill for each part, or link by Login with Amazon", locale)
		}
	}
	return nil
}

// Warnings are what Amazon takes, and what may not be meant.
func (s Skill) Warnings() []string {
	warnings := s.warnOfAssistant()
	if len(s.Functions) == 0 {
		return append(warnings, "The skill has no function yet, so it can be made but not used.")
	}
	for _, locale := range s.Locales {
		region, _ := RegionOf(locale)
		if !slices.ContainsFunc(s.Functions, func(arn string) bool { r, _ := regionOfFunction(arn); return r.Name == region.Name }) {
			warnings = append(warnings, fmt.Sprintf("There is no function in %s, from where Alexa serves %s: a function far away may answer late, or not be asked at all.", region.AWS, locale))
		}
	}
	return warnings
}

// Write writes the skill's files to a folder, in place of those that are there, and
// returns their names. It checks the skill first. What people can say in locales that
// the skill had before goes: Amazon refuses what is for no locale of the manifest.
func (s Skill) Write(folder string) (files []string, err error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	type profile map[string]any
	contents := []content{
		{ManifestFile, s.manifest()},
		{LinkingFile, s.Linking.request()},
		{ResourcesFile, map[string]any{
			"askcliResourcesVersion": "2020-03-31",
			"profiles":               profile{"default": profile{"skillMetadata": profile{"src": "./skill-package"}}},
		}},
	}
	if s.ID != "" { // else what ask has noted of the skill that it has made must stay
		contents = append(contents, content{StateFile, map[string]any{
			"askcliStatesVersion": "2020-03-31",
			"profiles":            profile{"default": profile{"skillId": s.ID}},
		}})
	}
	for _, locale := range s.Spoken() {
		m, _ := s.Assistant.model(locale)
		contents = append(contents, content{ModelFile(locale), m})
	}
	for _, c := range contents {
		file := filepath.Join(folder, filepath.FromSlash(c.name))
		if err := c.write(file); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, s.forget(folder)
}

// forget removes from a folder what people could say in locales where nobody talks to
// the skill any more.
func (s Skill) forget(folder string) error {
	var problems []error
	spoken := s.Spoken()
	for _, r := range regions {
		for _, locale := range r.Locales {
			if slices.Contains(spoken, locale) {
				continue
			}
			err := os.Remove(filepath.Join(folder, filepath.FromSlash(ModelFile(locale))))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				problems = append(problems, err)
			}
		}
	}
	return errors.Join(problems...)
}

// content is what is to be in a file, as JSON.
type content struct {
	name  string
	value any
}

func (c content) encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(c.value)
	return out.Bytes(), err
}

func (c content) write(file string) error {
	raw, err := c.encode()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // there is no secret in it
		return err
	}
	return os.WriteFile(file, raw, 0o644) //nolint:gosec // as above
}

// countries are those of the locales.
func (s Skill) countries() []string {
	var countries []string
	for _, locale := range s.Locales {
		_, country, _ := strings.Cut(locale, "-")
		countries = append(countries, country)
	}
	slices.Sort(countries)
	return slices.Compact(countries)
}
