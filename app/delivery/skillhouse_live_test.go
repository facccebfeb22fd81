//go:build live

package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// furnish has a real Home Assistant carry out commands, each of which must succeed.
func furnish(t *testing.T, url, token string, commands ...map[string]any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 20*time.Second) // also when the test is over
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url+"/api/websocket", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(1 << 20)
	commands = append([]map[string]any{{"type": "auth", "access_token": token}}, commands...)
	if _, _, err := conn.Read(ctx); err != nil { // that it wants a token
		t.Fatal(err)
	}
	for i, command := range commands {
		if i > 0 {
			command["id"] = i
		}
		raw, err := json.Marshal(command)
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Write(ctx, websocket.MessageText, raw); err != nil {
			t.Fatal(err)
		}
		_, reply, err := conn.Read(ctx)
		if err != nil || i > 0 && !strings.Contains(string(reply), `"success":true`) {
			t.Fatalf("%s: %v, %s", command["type"], err, reply)
		}
	}
}

// TestSkillOfARealHouse: what people call the things of a real house goes into the
// skill, mended where Amazon would not take it, and Amazon's specification takes it.
func TestSkillOfARealHouse(t *testing.T) {
	url, token := os.Getenv("HOME_ASSISTANT_URL"), os.Getenv("HOME_ASSISTANT_TOKEN")
	furnish(t, url, token,
		map[string]any{"type": "config/area_registry/create", "name": "Mum & Dad's 🛋️ lounge", "aliases": []string{"parlour", "Mum and Dad's Lounge"}},
		map[string]any{"type": "timer/create", "name": "Laundry"},
		map[string]any{"type": "timer/create", "name": "laundry"},
		map[string]any{"type": "input_select/create", "name": "Heating (all)", "options": []string{"Eco+", "Comfort"}},
		map[string]any{"type": "config/entity_registry/update", "entity_id": "timer.laundry", "area_id": "mum_dad_s_lounge", "aliases": []any{nil, "washing"}},
	)
	t.Cleanup(func() {
		furnish(t, url, token,
			map[string]any{"type": "config/area_registry/delete", "area_id": "mum_dad_s_lounge"},
			map[string]any{"type": "timer/delete", "timer_id": "laundry"},
			map[string]any{"type": "timer/delete", "timer_id": "laundry_2"},
			map[string]any{"type": "input_select/delete", "input_select_id": "heating_all"},
		)
	})
	spec := newSkillSpec(t)
	folder := t.TempDir()
	c := exec.CommandContext(t.Context(), dist(t, "lee"), "skill", "--to", folder, "--linking", "amazon", "--client-id", "amzn1.application-oa2-client.x",
		"--locales", "en-US,en-CA,en-GB,en-AU,en-IN,de-DE,fr-FR,fr-CA,es-ES,es-MX,es-US,it-IT")
	c.Env = append(plainly(), "HOME_ASSISTANT_URL="+url, "HOME_ASSISTANT_TOKEN="+token, "HA_ASSISTANT_NAME=Our House", "HA_EXPOSE=-script.broken")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	if locales := spec.checkModels(t, folder); len(locales) != 12 {
		t.Errorf("people can say something in %q", locales)
	}
	m := modelOf(t, folder, "en-GB")
	if m.Invocation != "our house" {
		t.Errorf("it is called %q", m.Invocation)
	}
	for _, want := range []struct{ kind, id, value string }{
		{"LEE_Area", "mum_dad_s_lounge", "Mum and Dad's lounge [parlour]"},
		{"LEE_Timer", "timer.laundry", "Laundry [washing]"},
		{"LEE_Timer", "timer.laundry_2", "laundry 2 [laundry]"},
		{"LEE_Helper", "input_select.heating_all", "Heating all []"},
		{"LEE_Option", "Eco+", "Eco plus []"},
		{"LEE_Script", "script.bedtime", "Bedtime []"},
		{"LEE_Script", "script.broken", ""},
		{"LEE_Automation", "automation.welcome_home", "Welcome Home []"},
		{"LEE_Choice", "mum_dad_s_lounge", "Mum and Dad's lounge [parlour]"},
	} {
		if got := m.value(want.kind, want.id); got != want.value {
			t.Errorf("%s is called %q, want %q", want.id, got, want.value)
		}
	}
	if got := modelOf(t, folder, "de-DE").value("LEE_Area", "mum_dad_s_lounge"); !strings.HasPrefix(got, "Mum und Dad's lounge ") {
		t.Errorf("in German the lounge is called %q", got)
	}
}

// languageModel is what is looked at of what people can say.
type languageModel struct {
	Invocation string `json:"invocationName"`
	Types      []struct {
		Name   string
		Values []struct {
			ID   string
			Name struct {
				Value    string
				Synonyms []string
			}
		}
	}
}

func modelOf(t *testing.T, folder, locale string) languageModel {
	t.Helper()
	var m struct {
		InteractionModel struct{ LanguageModel languageModel }
	}
	parse(t, read(t, filepath.Join(modelsOf(folder), locale+".json")), &m)
	return m.InteractionModel.LanguageModel
}

// value returns a slot type's value with its synonyms, "" for none.
func (m languageModel) value(kind, id string) string {
	for _, t := range m.Types {
		for _, v := range t.Values {
			if t.Name == kind && v.ID == id {
				slices.Sort(v.Name.Synonyms)
				return fmt.Sprintf("%s %s", v.Name.Value, v.Name.Synonyms)
			}
		}
	}
	return ""
}
