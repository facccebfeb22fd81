package capability_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// update writes what discovery says into the files of testdata/discovery, for
// somebody to read before it is committed.
// update says that the test shall write what discovery says into testdata/discovery.
var update = os.Getenv("UPDATE") != ""

// discoveryFile is a file of testdata/discovery: entities as the home has them,
// and what Alexa is told of each.
type discoveryFile struct {
	House struct {
		Temperature home.Unit `json:"temperature,omitempty"`
		Locale      string    `json:"locale,omitempty"`
		// Streams is where the cameras' streams are.
		Streams string `json:"streams,omitempty"`
		// Sessions are the cameras that can be seen over WebRTC.
		Sessions []home.EntityID `json:"sessions,omitempty"`
		// Code is what is configured for every entity.
		Code string `json:"code,omitempty"`
	} `json:"house"`
	Entities []discoveryCase `json:"entities"`
}

type discoveryCase struct {
	wireState
	// Left says why it is no endpoint; "" for one that is.
	Left     capability.Reason       `json:"left_out,omitempty"`
	Category []alexa.DisplayCategory `json:"displayCategories,omitempty"`
	// Capabilities are those of the endpoint without Alexa and EndpointHealth,
	// which look alike for all; Health says that it has the latter.
	Capabilities []any `json:"capabilities,omitempty"`
	Health       bool  `json:"health,omitempty"`
}

func TestDiscovery(t *testing.T) {
	t.Parallel()
	catalog := capability.NewCatalog(capability.Kinds())
	for _, path := range glob(t, "testdata/discovery/*.json") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			t.Parallel()
			var file discoveryFile
			readJSON(t, path, &file)
			for i := range file.Entities {
				was := &file.Entities[i]
				is := discover(t, catalog, file, was.wireState)
				if update {
					*was = is
				} else if !reflect.DeepEqual(plain(t, is), plain(t, was)) {
					t.Errorf("%s is told as\n%s\nshould be\n%s", was.ID, indented(t, is), indented(t, was))
				}
			}
			if update {
				write(t, path, file)
			}
		})
	}
}

// discover returns what Alexa is told of an entity, checked by Alexa's rules.
func discover(t *testing.T, catalog *capability.Catalog, file discoveryFile, entity wireState) discoveryCase {
	t.Helper()
	c := discoveryCase{wireState: entity}
	house := capability.House{
		Temperature: file.House.Temperature, Locale: file.House.Locale, Streams: file.House.Streams, Sessions: file.House.Sessions,
		Codes: map[home.EntityID]secret.Text{entity.ID: secret.New(file.House.Code)},
	}
	endpoint, reason := catalog.Endpoint(capability.View{State: entity.state(), House: house})
	if endpoint == nil {
		c.Left = reason
		return c
	}
	c.Category = endpoint.DisplayCategories
	alexaItself := false
	for _, told := range endpoint.Capabilities {
		alexatest.CheckCapability(t, told)
		switch told.Interface {
		case alexa.Alexa:
			alexaItself = true
		case alexa.EndpointHealth:
			c.Health = true
		default:
			c.Capabilities = append(c.Capabilities, plain(t, told))
		}
	}
	if !alexaItself {
		t.Errorf("%s has no capability for Alexa itself", entity.ID)
	}
	return c
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func write(t *testing.T, path string, file discoveryFile) {
	t.Helper()
	if err := os.WriteFile(path, indented(t, file), 0o644); err != nil {
		t.Fatal(err)
	}
}
