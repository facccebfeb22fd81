package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// spoken is what is read of a case of domain/capability: a directive, and what the home
// makes of it.
type spoken struct {
	Name  string `json:"name"`
	House struct {
		Temperature        string
		Locale, Code       string
		NoUnlock, NoDisarm bool
	} `json:"house"`
	Entity    string          `json:"entity"`
	State     string          `json:"state"`
	With      map[string]any  `json:"with"`
	Directive string          `json:"directive"`
	Instance  string          `json:"instance"`
	Payload   json.RawMessage `json:"payload"`
	Refused   bool            `json:"refused"`
	Instead   json.RawMessage `json:"instead"`
	After     *change         `json:"after"`
	AfterThen *change         `json:"afterThen"`
}

// translated returns the directives and the state reports of domain/capability as scenes,
// and the homes that are discovered there.
func translated(t *testing.T) (all []scene) {
	t.Helper()
	const folder = "../../domain/capability/testdata/"
	for _, path := range slices.Concat(glob(t, folder+"cases/*.json"), glob(t, folder+"reports/*.json")) {
		var file struct {
			House    json.RawMessage
			Entities map[string]struct {
				State      string
				Attributes map[string]any
			}
			Cases, Reports []spoken
		}
		readLoosely(t, path, &file)
		kind := strings.TrimSuffix(filepath.Base(path), ".json")
		for _, report := range file.Reports {
			report.Directive = "Alexa.ReportState"
			if file.House != nil {
				if err := json.Unmarshal(file.House, &report.House); err != nil {
					t.Fatal(err)
				}
			}
			file.Cases = append(file.Cases, report)
		}
		for _, c := range file.Cases {
			before := file.Entities[c.Entity]
			s := scene{
				Name: kind + "/" + c.Name, Unit: "°C", Env: map[string]string{}, Entity: c.Entity, State: before.State,
				Attributes: maps.Clone(before.Attributes), Directive: c.Directive, Instance: c.Instance, Payload: c.Payload,
			}
			s.set(c)
			all = append(all, s)
			if c.Instead != nil {
				s.Name += ", which it cannot do"
				s.Calls = []reply{{Status: http.StatusBadRequest, Body: json.RawMessage(`{"message":"Entity does not support action"}`)}, {}}
				for i := range s.Changes {
					s.Changes[i].Call++
				}
				all = append(all, s)
			}
		}
	}
	for _, path := range glob(t, folder+"discovery/*.json") {
		var file struct {
			House    struct{ Temperature, Locale string }
			Entities []map[string]any
		}
		readLoosely(t, path, &file)
		s := scene{Name: "discovery/" + strings.TrimSuffix(filepath.Base(path), ".json"), Unit: "°C", Directive: "Alexa.Discovery.Discover", Others: file.Entities, Env: map[string]string{}}
		if file.House.Locale != "" {
			s.Env["HA_LOCALE"] = file.House.Locale
		}
		all = append(all, s)
	}
	return all
}

// set takes over what a case says of the home.
func (s *scene) set(c spoken) {
	if c.House.Temperature != "" {
		s.Unit = c.House.Temperature
	}
	if c.House.Locale != "" {
		s.Env["HA_LOCALE"] = c.House.Locale
	}
	if c.House.Code != "" {
		s.Env["HA_CODES"] = c.Entity + "=" + c.House.Code
	}
	s.Env["HA_VOICE_UNLOCK"], s.Env["HA_VOICE_DISARM"] = fmt.Sprint(!c.House.NoUnlock), fmt.Sprint(!c.House.NoDisarm)
	if c.State != "" {
		s.State = c.State
	}
	if s.Attributes == nil {
		s.Attributes = map[string]any{}
	}
	maps.Copy(s.Attributes, c.With)
	if c.Refused {
		s.Calls = []reply{{Status: http.StatusBadRequest, Body: json.RawMessage(`{"message":"No."}`)}}
	}
	if c.After != nil {
		s.Changes = append(s.Changes, *c.After)
	}
	if c.AfterThen != nil {
		c.AfterThen.Call = 1
		s.Changes = append(s.Changes, *c.AfterThen)
	}
}

// furnished is a demo house that says what it was asked.
type furnished struct {
	*demohome.House

	mu    sync.Mutex
	asked []string
}

// do calls a service beside the two.
func (f *furnished) do(t *testing.T, g given) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/services/"+strings.Replace(g.service, ".", "/", 1), strings.NewReader(written(t, g.data)))
	r.Header.Set("Authorization", "Bearer "+demohome.DefaultToken)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	f.House.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", g.service, w.Code, w.Body)
	}
}

// readLoosely reads what is wanted of a file that others check.
func readLoosely(t *testing.T, path string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Clean(path))
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// ServeHTTP implements http.Handler.
func (f *furnished) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	f.mu.Lock()
	f.asked = append(f.asked, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+plainly(body)))
	f.mu.Unlock()
	f.House.ServeHTTP(w, r)
}

func (f *furnished) played() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

// given is a service and its data: ["light.turn_off", {"entity_id": …}].
type given struct {
	service string
	data    map[string]any
}

func (g *given) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&g.service, &g.data})
}

// radio is a player that is not in the demo house, and that the cases need.
var radio = map[string]any{"friendly_name": "Radio", "supported_features": 8 | 16 | 32 | 128 | 256 | 512 | 1024, "volume_level": 0.2, "is_volume_muted": false}

// furnished plays the directives of app/endtoend in the demo house.
func (c *conformance) furnished() {
	for _, path := range glob(c.T, "../../app/endtoend/testdata/directives/*.json") {
		var file []struct {
			Name, Only, Say, Instance, To string
			Given                         []given
			Settled                       map[string]any
			Payload                       json.RawMessage
		}
		readLoosely(c.T, path, &file)
		for _, one := range file {
			if one.Only == "real" {
				continue
			}
			s := scene{Directive: one.Say, Instance: one.Instance, Entity: one.To, Payload: one.Payload}
			c.compare("house/"+strings.TrimSuffix(filepath.Base(path), ".json")+"/"+one.Name, map[string]string{"HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, s.event(c.T),
				func(t *testing.T) playhouse {
					f := &furnished{House: demohome.New(demohome.Options{})}
					t.Cleanup(func() { _ = f.Close() })
					if err := f.Set("media_player.radio", "on", radio); err != nil {
						t.Fatal(err)
					}
					for _, g := range one.Given {
						f.do(t, g)
					}
					if len(one.Settled) > 0 {
						time.Sleep(time.Minute)
					}
					f.asked = nil
					return f
				})
		}
	}
}
