//go:build live

package delivery

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// skillSpec are the schemas of Amazon's specification of skills, in which a member
// that the specification does not know is a mistake: a misspelt one, most often.
type skillSpec struct{ compiler *jsonschema.Compiler }

func newSkillSpec(t *testing.T) skillSpec {
	t.Helper()
	file := os.Getenv("LEE_SKILL_SPEC")
	if file == "" {
		t.Fatal("LEE_SKILL_SPEC is not set: make live sets it")
	}
	var document map[string]any
	parse(t, read(t, file), &document)
	definitions, ok := document["definitions"].(map[string]any)
	if !ok {
		t.Fatalf("%s has no definitions", file)
	}
	for _, d := range definitions {
		closed(d)
	}
	reviewed(t, definitions)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft4)
	if err := compiler.AddResource("skill.json", map[string]any{"definitions": definitions}); err != nil {
		t.Fatal(err)
	}
	return skillSpec{compiler}
}

// reviewed mends what the specification says otherwise than Amazon's service does: a
// slot's value need have no synonyms
// (https://developer.amazon.com/docs/alexa/smapi/interaction-model-schema.html).
func reviewed(t *testing.T, definitions map[string]any) {
	t.Helper()
	name, ok := definitions["v1.skill.interactionModel.TypeValueObject"].(map[string]any)
	if !ok || fmt.Sprint(name["required"]) != "[synonyms value]" {
		t.Fatal("the specification has changed: is what is mended here still so?")
	}
	name["required"] = []any{"value"}
}

// closed has a schema refuse members that it does not know, where it knows some.
func closed(schema any) {
	switch schema := schema.(type) {
	case map[string]any:
		_, members := schema["properties"]
		if _, said := schema["additionalProperties"]; members && !said {
			schema["additionalProperties"] = false
		}
		for name, inner := range schema {
			if name != "enum" && name != "required" {
				closed(inner)
			}
		}
	case []any:
		for _, inner := range schema {
			closed(inner)
		}
	}
}

// check says what a definition has against a file, nil for nothing.
func (s skillSpec) check(t *testing.T, definition, content string) error {
	t.Helper()
	schema, err := s.compiler.Compile("skill.json#/definitions/" + definition)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

const (
	manifestSchema = "v1.skill.Manifest.SkillManifestEnvelope"
	linkingSchema  = "v1.skill.accountLinking.AccountLinkingRequest"
	modelSchema    = "v1.skill.interactionModel.InteractionModelData"
)

// TestSkillKeepsToTheSpec: what lee skill writes is what Amazon's specification
// describes, in each way of linking and with and without functions.
func TestSkillKeepsToTheSpec(t *testing.T) {
	spec := newSkillSpec(t)
	for name, args := range map[string][]string{
		"new":       {"--url", "https://home.example.org", "--locales", "en-US,en-CA,es-MX,es-US,fr-CA,pt-BR"},
		"in Europe": {"--url", "https://home.example.org", "--locales", "ar-SA,de-DE,en-GB,en-IN,es-ES,fr-FR,hi-IN,it-IT,nl-NL", "--function", "arn:aws:lambda:eu-west-1:123456789012:function:lee"},
		"by Amazon": {"--linking", "amazon", "--client-id", "amzn1.application-oa2-client.x", "--locales", "en-AU,ja-JP,en-GB",
			"--function", "arn:aws:lambda:us-west-2:123456789012:function:lee", "--function", "arn:aws:lambda:eu-west-1:123456789012:function:lee", "--skill-id", someSkill},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			c := exec.CommandContext(t.Context(), dist(t, "lee"), append([]string{"skill", "--to", folder}, args...)...)
			c.Env = plainly()
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%v: %v\n%s", c, err, out)
			}
			for file, definition := range map[string]string{"skill-package/skill.json": manifestSchema, "account-linking.json": linkingSchema} {
				if err := spec.check(t, definition, read(t, filepath.Join(folder, file))); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
			spec.checkModels(t, folder)
		})
	}
}

// modelsOf is where a skill has what people can say.
func modelsOf(folder string) string {
	return filepath.Join(folder, "skill-package", "interactionModels", "custom")
}

// checkModels looks at what people can say in each locale, and returns the locales.
func (s skillSpec) checkModels(t *testing.T, folder string) (locales []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(modelsOf(folder), "*.json"))
	if err != nil || len(files) == 0 {
		t.Errorf("%v: people can say nothing", err)
	}
	for _, file := range files {
		locales = append(locales, strings.TrimSuffix(filepath.Base(file), ".json"))
		if err := s.check(t, modelSchema, read(t, file)); err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
	return locales
}

// TestSkillSpecIsStrict proves that the check above finds what it is to find.
func TestSkillSpecIsStrict(t *testing.T) {
	spec := newSkillSpec(t)
	for content, definition := range map[string]string{
		`{"manifest":{"apis":{"smartHome":{"protocolVersion":"4"}}}}`:                                                                                                   manifestSchema,
		`{"manifest":{"apis":{"smartHome":{}}}}`:                                                                                                                        manifestSchema,
		`{"manifest":{"apis":{"smarthome":{"protocolVersion":"3"}}}}`:                                                                                                   manifestSchema,
		`{"manifest":{"apis":{"smartHome":{"protocolVersion":"3","endpoint":{"uri":"https://lee"}}}}}`:                                                                  manifestSchema,
		`{"manifest":{"publishingInformation":{"locales":{"en-US":{"name":"x"}}}}}`:                                                                                     manifestSchema,
		`{"manifest":{"apis":{"custom":{"endpont":{"uri":"arn:aws:lambda:x"}}}}}`:                                                                                       manifestSchema,
		`{"interactionModel":{"languageModel":{"intents":[{"name":"x"}]}}}`:                                                                                             modelSchema,
		`{"interactionModel":{"languageModel":{"invocationName":"x","intents":[]}}}`:                                                                                    modelSchema,
		`{"interactionModel":{"languageModel":{"invocationName":"x","intents":[{"name":"x","sentences":[]}]}}}`:                                                         modelSchema,
		`{"interactionModel":{"languageModel":{"invocationName":"x","intents":[{"name":"x"}],"types":[{"values":[]}]}}}`:                                                modelSchema,
		`{"interactionModel":{"languageModel":{"invocationName":"x","intents":[{"name":"x"}]},"dialog":{"intents":[]}}}`:                                                modelSchema,
		`{"interactionModel":{"languageModel":{"invocationName":"x","intents":[{"name":"x"}]},"prompts":[{"id":"x"}]}}`:                                                 modelSchema,
		`{"interactionModel":{"languageModel":{"invocationName":"x","intents":[{"name":"x"}],"types":[{"name":"x","values":[{"name":{"value":"x","synonyms":[]}}]}]}}}`: modelSchema,
		`{"accountLinkingRequest":{"type":"OTHER"}}`:                                                                                                                    linkingSchema,
		`{"accountLinkingRequest":{"type":"AUTH_CODE","authorisationUrl":"https://home.example.org/a"}}`:                                                                linkingSchema,
	} {
		if !json.Valid([]byte(content)) {
			t.Fatalf("%s is not JSON", content)
		}
		if err := spec.check(t, definition, content); err == nil {
			t.Errorf("%s passes", content)
		}
	}
}
