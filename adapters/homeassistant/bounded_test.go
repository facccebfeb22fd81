package homeassistant

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestLongTexts: whatever a text has in it, and wherever it is too long, what stands behind
// it is read, and the text is not in memory as a whole.
func TestLongTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.StringOfN(rapid.RuneFrom([]rune{'a', '\\', '"', 'é', '\n', 1, '😀'}), 1, 12, -1).Draw(t, "part")
		length := rapid.IntRange(maxTextBytes/2, 3*maxTextBytes).Draw(t, "length")
		long, err := json.Marshal(strings.Repeat(part, length/len(part)+1))
		if err != nil {
			t.Fatal(err)
		}
		escaped := rapid.SampledFrom([]string{"", `\\`, `\u00e9`, `\ud83d\ude00`, `\"`}).Draw(t, "escape")
		if escaped != "" {
			long = []byte(`"` + strings.Repeat(escaped, length/len(escaped)+1) + `"`)
		}
		before := strings.Repeat("x", rapid.IntRange(0, 20).Draw(t, "before"))
		for where, state := range map[string]string{
			"in what is read":     `{"attributes":{"friendly_name":"` + before + `","effect":%s,"brightness":7},"entity_id":"light.a"}`,
			"in what is not read": `{"context":{"id":["` + before + `",%s]},"attributes":{"brightness":7},"entity_id":"light.a"}`,
			"as a name":           `{"attributes":{"` + before + `":1,%s:{"a":[1]},"brightness":7},"entity_id":"light.a"}`,
			"as an id":            `{"entity_id":%s,"entity_id":"light.a","attributes":{"brightness":7}}`,
			"as a time":           `{"entity_id":"light.a","last_changed":%s,"attributes":{"brightness":7}}`,
		} {
			body := "[" + fmt.Sprintf(state, long) + `,{"entity_id":"light.b","state":"on"}]`
			read := io.Reader(strings.NewReader(body))
			if rapid.Bool().Draw(t, "halves") {
				read = iotest.HalfReader(read)
			}
			states, err := newDecoder(read, maxManyBytes).states()
			if err != nil || len(states) != 2 || states[0].ID != "light.a" || !states[0].Attributes.Get(home.AttrBrightness).Equal(home.Number(7), 0) || states[1].Value != "on" {
				t.Fatalf("%s: %v, %v", where, states, err)
			}
		}
	})
}

// endlessText is a text of JSON that does not end.
type endlessText struct{ given int64 }

func (e *endlessText) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	if e.given == 0 {
		copy(p, `[{"entity_id":"light.a","state":"`)
	}
	e.given += int64(len(p))
	return len(p), nil
}

// TestEndlessText: so much is read and no more, and only so much of it is held.
func TestEndlessText(t *testing.T) {
	in := &endlessText{}
	d := newDecoder(in, maxManyBytes)
	if _, err := d.states(); !errors.Is(err, errTooLarge) {
		t.Errorf("it ends with %v", err)
	}
	if in.given < maxManyBytes || in.given > maxManyBytes+maxTextBytes {
		t.Errorf("%d bytes were read", in.given)
	}
	if held := len(d.in.UnreadBuffer()); held > 2*maxTextBytes {
		t.Errorf("%d bytes are held", held)
	}
}

// TestTooLarge: an answer that is larger than may be is no outage of the home.
func TestTooLarge(t *testing.T) {
	c := client(t, serve(t, says(`{"entity_id":"light.lamp","x":[`+strings.Repeat("[],", maxBytes/3)+`[]]}`)).URL)
	_, err := c.State(t.Context(), "light.lamp")
	if e := want(t, "State", err, fault.Failed, false); e.Kind.Outage() {
		t.Errorf("it is %v", e.Kind)
	}
}

// TestPackedUnasked: an answer is unpacked only when that was asked for.
func TestPackedUnasked(t *testing.T) {
	c := client(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, zipped(t, lamp))
	}).URL)
	_, err := c.State(t.Context(), "light.lamp")
	want(t, "State", err, fault.Unreachable, false)
	_, err = c.Call(t.Context(), turnOn)
	want(t, "Call", err, fault.Unanswered, true)
}
