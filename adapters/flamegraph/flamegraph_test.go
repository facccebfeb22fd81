package flamegraph_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/flamegraph"
)

// update says that the test shall write the expected pictures.
var update = os.Getenv("UPDATE") != ""

func read(t *testing.T, name string) []flamegraph.Trace {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	traces, err := flamegraph.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return traces
}

func TestReadDiagnostics(t *testing.T) {
	traces := read(t, "diagnostics.json")
	if len(traces) != 2 {
		t.Fatalf("%d traces", len(traces))
	}
	failed, done := traces[0], traces[1]
	if failed.Correlation != "1d0c6f0e-93f5-43f1-8f0b-3f8f6c1f2a77" || failed.Outcome != "unreachable" || failed.Missed != 2 {
		t.Errorf("the first is %+v", failed)
	}
	if done.What != "Alexa.PowerController.TurnOn" || done.Took != 246810*time.Microsecond || len(done.Crumbs) != 6 {
		t.Errorf("the second is %+v", done)
	}
	want := flamegraph.Crumb{Number: 5, Within: 0, Name: "home.state", Outcome: "done", Timed: true, Start: 201700 * time.Microsecond, Took: 38800 * time.Microsecond, Attempts: 2}
	if done.Crumbs[5] != want {
		t.Errorf("the last crumb is %+v, want %+v", done.Crumbs[5], want)
	}
	if cached := done.Crumbs[3]; cached.Timed || !cached.Cached {
		t.Errorf("the cached one is %+v", cached)
	}
}

// TestReadLog: only the line with crumbs counts, whatever stands around it. Crumbs
// that do not tell their number have the one that their place gives them.
func TestReadLog(t *testing.T) {
	traces := read(t, "function.log")
	if len(traces) != 1 {
		t.Fatalf("%d traces", len(traces))
	}
	one := traces[0]
	if one.What != "Alexa.PowerController.TurnOff" || one.Outcome != "unreachable" || one.Took != 820250*time.Microsecond {
		t.Errorf("got %+v", one)
	}
	for i, want := range []struct{ number, within int }{{3, -1}, {4, 3}, {5, 4}} {
		if c := one.Crumbs[i]; c.Number != want.number || c.Within != want.within {
			t.Errorf("crumb %d is %d within %d, want %d within %d", i, c.Number, c.Within, want.number, want.within)
		}
	}
}

// TestReadHTTP: the answer of a function URL has the diagnostics in its body.
func TestReadHTTP(t *testing.T) {
	body, err := os.ReadFile("testdata/diagnostics.json")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := json.Marshal(map[string]any{"statusCode": 200, "body": string(body)})
	if err != nil {
		t.Fatal(err)
	}
	traces, err := flamegraph.Read(bytes.NewReader(answer))
	if err != nil || len(traces) != 2 {
		t.Errorf("%d traces, %v", len(traces), err)
	}
}

func TestReadNothing(t *testing.T) {
	for _, text := range []string{
		"", "{}", "[]", "null", "nothing at all", `{"crumbs":3}`, `{"traces":[]}`, `{"body":"{"}`, "{\n{\n{",
		`{"message":"answered","outcome":"done"}` + "\n" + `{"message":"answered"}`,
	} {
		if traces, err := flamegraph.Read(strings.NewReader(text)); !errors.Is(err, flamegraph.ErrNone) {
			t.Errorf("%q: %v, %v", text, traces, err)
		}
	}
	broken := errors.New("broken")
	if _, err := flamegraph.Read(io.MultiReader(strings.NewReader("{"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error)  { return 0, f.error }
func (f failing) Write([]byte) (int, error) { return 0, f.error }

// TestFold: each stack has its own time, and that of all stacks is the whole.
func TestFold(t *testing.T) {
	var out strings.Builder
	if err := flamegraph.Fold(&out, read(t, "diagnostics.json")[1:]); err != nil {
		t.Fatal(err)
	}
	want := `Alexa.PowerController.TurnOn 910
Alexa.PowerController.TurnOn;handle 24700
Alexa.PowerController.TurnOn;handle;home.call light.turn_on 121370
Alexa.PowerController.TurnOn;handle;home.call light.turn_on;load home 61030
Alexa.PowerController.TurnOn;handle;home.state 70000
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}

func TestFoldStrangeNames(t *testing.T) {
	var out strings.Builder
	traces := []flamegraph.Trace{{What: "a;b\nc", Took: time.Millisecond}, {Took: 2 * time.Millisecond}, {Took: time.Millisecond}}
	if err := flamegraph.Fold(&out, traces); err != nil {
		t.Fatal(err)
	}
	if want := "a,b c 1000\ninvocation 3000\n"; out.String() != want {
		t.Errorf("got %q, want %q", &out, want)
	}
}

func TestWriterFails(t *testing.T) {
	broken := errors.New("broken")
	traces := read(t, "diagnostics.json")
	if err := flamegraph.Fold(failing{broken}, traces); !errors.Is(err, broken) {
		t.Errorf("Fold: %v", err)
	}
	if err := flamegraph.WriteHTML(failing{broken}, traces); !errors.Is(err, broken) {
		t.Errorf("WriteHTML: %v", err)
	}
}

func page(t *testing.T, traces []flamegraph.Trace) string {
	t.Helper()
	var out strings.Builder
	if err := flamegraph.WriteHTML(&out, traces); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestPage: the page is as it was looked at last.
func TestPage(t *testing.T) {
	got := page(t, read(t, "diagnostics.json"))
	const golden = "testdata/diagnostics.html"
	if update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page is another one than %s; UPDATE=1 writes it, look at it then", golden)
	}
}

// TestPageNeedsNothing: no script, and nothing from anywhere else.
func TestPageNeedsNothing(t *testing.T) {
	got := page(t, read(t, "diagnostics.json"))
	for _, bad := range []string{"<script", "http:", "https:", "src=", "href=", "url(", "@import", "<link", "<iframe"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

// TestPageEscapes: what came from the world outside stays text.
func TestPageEscapes(t *testing.T) {
	evil := `</title></svg><script>alert("x")</script>&"'`
	got := page(t, []flamegraph.Trace{{
		What: evil, Correlation: evil, Outcome: evil, Took: time.Second,
		Crumbs: []flamegraph.Crumb{{Within: -1, Name: evil, Outcome: evil, Timed: true, Took: time.Second}},
	}})
	if strings.Contains(got, "<script") {
		t.Error("the page holds a script")
	}
}

var rect = regexp.MustCompile(`<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"`)

// TestFrames: every frame lies within the picture, and none covers another.
func TestFrames(t *testing.T) {
	type box struct{ x, y, w, h float64 }
	for _, file := range []string{"diagnostics.json", "function.log"} {
		for i, one := range read(t, file) {
			got := page(t, []flamegraph.Trace{one})
			var boxes []box
			for _, m := range rect.FindAllStringSubmatch(got, -1) {
				var f [4]float64
				for i := range f {
					f[i], _ = strconv.ParseFloat(m[i+1], 64)
				}
				boxes = append(boxes, box{f[0], f[1], f[2], f[3]})
			}
			timed := 1
			for _, c := range one.Crumbs {
				if c.Timed {
					timed++
				}
			}
			if len(boxes) != timed {
				t.Errorf("%s %d: %d frames, want %d", file, i, len(boxes), timed)
			}
			for j, b := range boxes {
				if b.x < 0 || b.x+b.w > 1200.001 {
					t.Errorf("%s %d: frame %d is out of the picture: %+v", file, i, j, b)
				}
				if slices.ContainsFunc(boxes[:j], func(o box) bool {
					return b.y == o.y && b.w > 2 && o.w > 2 && b.x < o.x+o.w-0.001 && o.x < b.x+b.w-0.001
				}) {
					t.Errorf("%s %d: frame %d covers another", file, i, j)
				}
			}
		}
	}
}

// TestPictureIsXML: what a browser does not have to guess at, other programs can
// read as well.
func TestPictureIsXML(t *testing.T) {
	got := page(t, read(t, "diagnostics.json"))
	for i, part := range strings.Split(got, "<svg")[1:] {
		svg := "<svg" + part[:strings.Index(part, "</svg>")+len("</svg>")]
		in := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := in.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("picture %d: %v", i, err)
			}
		}
	}
}

func TestFewTicks(t *testing.T) {
	for _, took := range []time.Duration{0, time.Microsecond, 999 * time.Microsecond, 7 * time.Millisecond, time.Second, 8 * time.Second, time.Hour} {
		got := page(t, []flamegraph.Trace{{Took: took}})
		if n := strings.Count(got, `class="tick"`); n < 1 || n > 11 {
			t.Errorf("%s: %d ticks", took, n)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"diagnostics.json", "function.log"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		traces, err := flamegraph.Read(bytes.NewReader(raw))
		if err != nil {
			return
		}
		if err := flamegraph.WriteHTML(io.Discard, traces); err != nil {
			t.Error(err)
		}
		if err := flamegraph.Fold(io.Discard, traces); err != nil {
			t.Error(err)
		}
	})
}
