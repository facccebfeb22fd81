package capability_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// reportFile is a file of testdata/reports: states, and what Alexa is told of
// each when it asks.
type reportFile struct {
	House struct {
		Temperature home.Unit `json:"temperature"`
		Code        string    `json:"code"`
	} `json:"house"`
	Entities entities `json:"entities"`
	Reports  []struct {
		Name   string         `json:"name"`
		Entity home.EntityID  `json:"entity"`
		State  string         `json:"state"`
		With   map[string]any `json:"with"`
		// Properties are all that is told, in the form of the directive cases. A
		// connectivity of OK is left out.
		Properties map[string]any `json:"properties"`
	} `json:"reports"`
}

func TestReports(t *testing.T) {
	t.Parallel()
	catalog := capability.NewCatalog(capability.Kinds())
	for _, path := range glob(t, "testdata/reports/*.json") {
		var file reportFile
		readJSON(t, path, &file)
		house := capability.House{Temperature: file.House.Temperature, Codes: map[home.EntityID]secret.Text{}}
		for id := range file.Entities {
			house.Codes[id] = secret.New(file.House.Code)
		}
		kind := strings.TrimSuffix(filepath.Base(path), ".json")
		for _, r := range file.Reports {
			t.Run(kind+"/"+r.Name, func(t *testing.T) {
				t.Parallel()
				state := file.Entities.get(t, r.Entity).with(r.State, r.With).state()
				properties := catalog.Kind(r.Entity.Domain()).Properties(
					capability.View{State: state, House: house}, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), 0)
				got := told(t, properties)
				for _, p := range properties {
					alexatest.CheckProperty(t, p)
				}
				if health := string(alexa.EndpointHealth) + ".connectivity"; reflect.DeepEqual(got[health], map[string]any{"value": "OK"}) {
					delete(got, health)
				}
				if !reflect.DeepEqual(got, r.Properties) {
					t.Errorf("the report tells\n\t%v, should tell\n\t%v", got, r.Properties)
				}
			})
		}
	}
}

// told returns properties by the names that they have in the files of testdata.
func told(t *testing.T, properties []alexa.Property) map[string]any {
	t.Helper()
	named := make(map[string]any, len(properties))
	for _, p := range properties {
		name := string(p.Namespace)
		if p.Instance != "" {
			name += "/" + p.Instance
		}
		named[name+"."+p.Name] = plain(t, p.Value)
	}
	return named
}
