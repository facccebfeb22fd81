//go:build check

package endtoend

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// heavy are homes that send more than a function of 128 MB can hold.
var heavy = map[string]func(io.Writer){
	"28 MB of states": func(w io.Writer) {
		more := strings.Repeat("x", 1<<10)
		for i := range 25_000 {
			_, _ = fmt.Fprintf(w, `{"entity_id":"light.a%d","state":"on","attributes":{"friendly_name":"Lamp %d","entity_picture":%q}},`, i, i, more)
		}
	},
	"50 MB of what is used": func(w io.Writer) {
		more := strings.Repeat("x", 1<<10)
		for i := range 25_000 {
			_, _ = fmt.Fprintf(w, `{"entity_id":"light.a%d","state":"on","attributes":{"friendly_name":%q,"device_class":%q}},`, i, more, more)
		}
	},
	"very many": func(w io.Writer) {
		for i := range 300_000 {
			_, _ = fmt.Fprintf(w, `{"entity_id":"light.a%d","state":"on","attributes":{"friendly_name":"Lamp %d","supported_color_modes":["onoff"]}},`, i, i)
		}
	},
	"lists of small things": func(w io.Writer) {
		list := strings.Repeat("1,", 20<<10) + "1"
		for i := range 300 {
			_, _ = fmt.Fprintf(w, `{"entity_id":"light.a%d","state":"on","attributes":{"source_list":[%s],"options":[%s]}},`, i, list, list)
		}
	},
	"50 MB in one text": func(w io.Writer) {
		_, _ = io.WriteString(w, `{"entity_id":"light.b","state":"on","attributes":{"friendly_name":"`)
		pour(w, 50<<20)
		_, _ = io.WriteString(w, `"}},`)
	},
	"gigabytes, packed": func(w io.Writer) {
		_, _ = io.WriteString(w, `{"entity_id":"light.b","state":"on","attributes":{"entity_picture":"`)
		pour(w, 1<<30)
		_, _ = io.WriteString(w, `"}},`)
	},
	"more than an answer may have": func(w io.Writer) {
		var options strings.Builder
		for i := range 500 {
			_, _ = fmt.Fprintf(&options, `"an option of many %d",`, i)
		}
		for i := range 300 {
			_, _ = fmt.Fprintf(w, `{"entity_id":"select.a%d","state":"one","attributes":{"options":[%s"one"]}},`, i, options.String())
		}
	},
	"options by the thousand": func(w io.Writer) {
		options := strings.Repeat(`"an option of many",`, 5_000) + `"one"`
		for i := range 300 {
			_, _ = fmt.Fprintf(w, `{"entity_id":"select.a%d","state":"one","attributes":{"options":[%s]}},`, i, options)
		}
	},
}

// pour writes n bytes of a text, as long as somebody reads them.
func pour(w io.Writer, n int) {
	part := strings.Repeat("x", 64<<10)
	for ; n > 0; n -= len(part) {
		if _, err := io.WriteString(w, part); err != nil {
			return
		}
	}
}

// modes are the programs that hold.
var modes = map[string]map[string]string{"engine": nil, "failsafe": failsafe}

// confined skips a test, and says so where nobody overlooks it, when this machine cannot
// hold a process to the memory of a function.
func confined(t *testing.T) {
	t.Helper()
	f, err := lambdaapi.Start(lambdaapi.Config{Executable: os.Args[0], Confine: true}) // no process yet
	if err == nil {
		_ = f.Close()
		return
	}
	line := strings.Repeat("=", 60)
	_, _ = fmt.Fprintf(os.Stderr, "%s\nDID NOT RUN: %s: %v\n%s\n", line, t.Name(), err, line)
	t.Skip(err)
}

// TestHeavyHome: a home that sends too much does not end the process of a function of
// 128 MB. A discovery is answered in time, and commands go on working.
func TestHeavyHome(t *testing.T) {
	for mode, env := range modes {
		for name, states := range heavy {
			t.Run(mode+"/"+name, func(t *testing.T) {
				confined(t)
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					switch r.URL.Path {
					case "/api/config":
						_, _ = w.Write([]byte(`{"version":"2026.11.0","state":"RUNNING"}`))
					case "/api/states":
						w.Header().Set("Content-Encoding", "gzip")
						packed, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // a level that there is
						_, _ = io.WriteString(packed, "[")
						states(packed)
						_, _ = io.WriteString(packed, `{"entity_id":"light.last","state":"on"}]`)
						_ = packed.Close()
					case "/api/services/light/turn_on":
						_, _ = w.Write([]byte(`[{"entity_id":"light.last","state":"on"}]`))
					default:
						w.WriteHeader(http.StatusNotFound)
					}
				}))
				defer server.Close()
				f := startAsReleased(t, &home{url: server.URL, token: ownCanary}, env)
				found := f.say(t, "Alexa.Discovery.Discover", "")
				if found.event() != "Alexa.Discovery.Discover.Response" {
					t.Errorf("a discovery is answered %.300s", found.raw)
				}
				if len(found.raw) > 6<<20 {
					t.Errorf("the answer has %d bytes, which Lambda does not take", len(found.raw))
				}
				t.Logf("%d devices are offered in %d bytes", len(found.Event.Payload.Endpoints), len(found.raw))
				if a := f.say(t, "Alexa.PowerController.TurnOn", "light#last"); a.event() != "Alexa.Response" {
					t.Errorf("then a command is answered %.300s", a.raw)
				}
				for _, operation := range []string{"ha_states", "ha_discovery", "diagnostics"} {
					f.invoke(t, []byte(`{"operation":"`+operation+`"}`)) // the process lives on
				}
			})
		}
	}
}
