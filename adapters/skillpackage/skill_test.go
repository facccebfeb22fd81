package skillpackage

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	inAmerica = "arn:aws:lambda:us-east-1:123456789012:function:lee"
	inEurope  = "arn:aws:lambda:eu-west-1:123456789012:function:lee"
	inAsia    = "arn:aws:lambda:us-west-2:123456789012:function:lee:live"
	anID      = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"
	aClient   = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
)

func byHomeAssistant(t *testing.T, locale string) Linking {
	t.Helper()
	region, err := RegionOf(locale)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ByHomeAssistant("https://home.example.org/ha/", region)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func byAmazon(t *testing.T) Linking {
	t.Helper()
	l, err := ByAmazon(aClient)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// written are the files that a skill has been written to, by their names.
func written(t *testing.T, s Skill) map[string]any {
	t.Helper()
	folder := t.TempDir()
	files, err := s.Write(folder)
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]any{}
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !slices.Contains(files, path) {
			t.Errorf("%s was written and not told of", path)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		var content any
		contents[filepath.ToSlash(name)] = &content
		return json.Unmarshal(raw, &content)
	})
	if err != nil || len(contents) != len(files) {
		t.Fatalf("%v: %d files, told of are %q", err, len(contents), files)
	}
	return contents
}

// at returns a part of what JSON says, by the names that lead there.
func at(t *testing.T, content any, path ...string) any {
	t.Helper()
	if p, ok := content.(*any); ok {
		content = *p
	}
	for _, name := range path {
		object, ok := content.(map[string]any)
		if !ok {
			t.Fatalf("%q is not in %v", path, content)
		}
		content = object[name]
	}
	return content
}

func TestWrite(t *testing.T) {
	all := written(t, Skill{
		Name: "Our home", Locales: []string{"en-GB", "de-DE", "en-US", "ja-JP"},
		Functions: []string{inEurope, inAmerica, inAsia}, Linking: byAmazon(t), ID: anID,
	})
	m := all[ManifestFile]
	for _, c := range []struct {
		path []string
		want string
	}{
		{[]string{"apis", "smartHome", "protocolVersion"}, "3"},
		{[]string{"apis", "smartHome", "endpoint", "uri"}, inEurope},
		{[]string{"apis", "smartHome", "regions", "NA", "endpoint", "uri"}, inAmerica},
		{[]string{"apis", "smartHome", "regions", "EU", "endpoint", "uri"}, inEurope},
		{[]string{"apis", "smartHome", "regions", "FE", "endpoint", "uri"}, inAsia},
		{[]string{"publishingInformation", "locales", "de-DE", "name"}, "Our home"},
		{[]string{"publishingInformation", "locales", "ja-JP", "summary"}, texts["ja"].summary},
	} {
		if got := at(t, m, append([]string{"manifest"}, c.path...)...); got != c.want {
			t.Errorf("%s is %v, want %s", strings.Join(c.path, "."), got, c.want)
		}
	}
	if id := at(t, all[StateFile], "profiles", "default", "skillId"); id != anID {
		t.Errorf("the skill's id is %v", id)
	}
	if at(t, all[ResourcesFile], "profiles", "default", "skillMetadata", "src") != "./skill-package" {
		t.Errorf("ask is told %v", all[ResourcesFile])
	}
	if l := at(t, all[LinkingFile], "accountLinkingRequest"); at(t, l, "clientId") != aClient || at(t, l, "clientSecret") != nil {
		t.Errorf("accounts are linked by %v", l)
	}
}

// TestWriteWithout a function or an id: what ask has noted of the skill stays.
func TestWriteWithout(t *testing.T) {
	all := written(t, Skill{Name: "Our home", Locales: []string{"en-AU"}, Linking: byHomeAssistant(t, "en-AU")})
	home, ok := at(t, all[ManifestFile], "manifest", "apis", "smartHome").(map[string]any)
	if !ok || len(home) != 1 {
		t.Errorf("the skill is served by %v", home)
	}
	if all[StateFile] != nil {
		t.Errorf("there is %v", all[StateFile])
	}
}

func TestByHomeAssistant(t *testing.T) {
	for locale, client := range map[string]string{"en-US": "https://pitangui.amazon.com/", "en-GB": "https://layla.amazon.com/", "ja-JP": "https://alexa.amazon.co.jp/"} {
		l := byHomeAssistant(t, locale)
		if l.ClientID != client || l.AuthorizationURL != "https://home.example.org/ha/auth/authorize" || l.TokenURL != "https://home.example.org/ha/auth/token" ||
			l.Scheme != InBody || len(l.Scopes) != 1 || l.ClientSecret == "" {
			t.Errorf("%s: %+v", locale, l)
		}
	}
	for base, want := range map[string]string{
		"": "is needed", "home": "is needed", "http://home.example.org": "https://", "https://home.example.org:8123": "port 443",
		"https://home.example.org/?x=1": "nothing but", "https://me:secret@home.example.org": "nothing but", "https://home.example.org:443": "",
	} {
		_, err := ByHomeAssistant(base, regions[0])
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q gives %v, want an error with %q", base, err, want)
		}
	}
	if _, err := ByAmazon("https://layla.amazon.com/"); err == nil {
		t.Error("any client id is taken for one of Login with Amazon")
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Skill)
		want   []string
	}{
		{"nothing wrong", func(*Skill) {}, nil},
		{"a function beside", func(s *Skill) { s.Functions = append(s.Functions, inAsia) }, nil},
		{"no function", func(s *Skill) { s.Functions = nil }, nil},
		{"a long name", func(s *Skill) { s.Name = strings.Repeat("ä", 51) }, []string{"has 51 letters"}},
		{"no locale", func(s *Skill) { s.Locales = nil }, []string{"no locale"}},
		{"an unknown locale", func(s *Skill) { s.Locales = []string{"de-AT"} }, []string{`"de-AT" is no locale`, "de-DE, en-AU"}},
		{"a locale twice", func(s *Skill) { s.Locales = []string{"de-DE", "de-DE"} }, []string{"de-DE is there twice"}},
		{"another client id", func(s *Skill) { s.Locales = []string{"en-GB", "en-US"} }, []string{"people who speak en-US could not link"}},
		{"no ARN", func(s *Skill) { s.Functions = []string{"lee"} }, []string{`"lee" is no function's ARN`}},
		{"a region without Alexa", func(s *Skill) { s.Functions = []string{"arn:aws:lambda:eu-central-1:123456789012:function:lee"} }, []string{"is in eu-central-1"}},
		{"two in a region", func(s *Skill) { s.Functions = []string{inEurope, inEurope + ":live"} }, []string{"are both in eu-west-1"}},
		{"no id", func(s *Skill) { s.ID = "amzn1.ask.skill.x" }, []string{"is no skill's id"}},
		{"no linking", func(s *Skill) { s.Linking = Linking{} }, []string{"no account linking"}},
		{"everything", func(s *Skill) { *s = Skill{Functions: []string{"x"}, ID: "y"} }, []string{"0 letters", "no locale", "function's ARN", "skill's id", "no account linking"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Skill{Name: "Our home", Locales: []string{"en-GB", "de-DE"}, Functions: []string{inEurope}, Linking: byHomeAssistant(t, "en-GB"), ID: anID}
			c.change(&s)
			err := s.Check()
			if (err == nil) != (c.want == nil) {
				t.Fatalf("Check gives %v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in %v", want, err)
				}
			}
			if err != nil {
				if files, failed := s.Write(t.TempDir()); failed == nil || files != nil {
					t.Errorf("it was written all the same: %q", files)
				}
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	s := Skill{Locales: []string{"en-GB", "en-US"}}
	if w := s.Warnings(); len(w) != 1 || !strings.Contains(w[0], "no function yet") {
		t.Errorf("without a function: %q", w)
	}
	s.Functions = []string{inEurope}
	if w := s.Warnings(); len(w) != 1 || !strings.Contains(w[0], "no function in us-east-1") {
		t.Errorf("with one in Europe: %q", w)
	}
	s.Functions = append(s.Functions, inAmerica)
	if w := s.Warnings(); len(w) != 0 {
		t.Errorf("with both: %q", w)
	}
}

// TestTexts: every locale has its texts, and Amazon's bounds hold.
func TestTexts(t *testing.T) {
	used := map[string]bool{}
	for _, r := range regions {
		for _, locale := range r.Locales {
			used[language(locale)] = true
			if texts[language(locale)].summary == "" {
				t.Errorf("%s has no texts", locale)
			}
		}
	}
	for l, text := range texts {
		if !used[l] {
			t.Errorf("nobody speaks %s", l)
		}
		if n := utf8.RuneCountInString(text.summary); n > 160 {
			t.Errorf("%s: the summary has %d letters", l, n)
		}
		for _, p := range text.phrases {
			if p == "" || utf8.RuneCountInString(p) > 200 {
				t.Errorf("%s: a phrase is %q", l, p)
			}
		}
	}
}
