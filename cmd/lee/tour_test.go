package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestConfirm: only a clear yes is one.
func TestConfirm(t *testing.T) {
	for said, want := range map[string]bool{
		"y\n": true, "Y\n": true, "yes\n": true, "YES \r\n": true, "y": true,
		"": false, "\n": false, "n\n": false, "no\n": false, "yeah\n": false, "1\n": false, "\ny\n": false,
	} {
		var out bytes.Buffer
		if got := confirm(strings.NewReader(said), &out, "Turn it on?"); got != want {
			t.Errorf("%q is taken for %t", said, got)
		}
		if !strings.HasPrefix(out.String(), "Turn it on? [y/N] ") {
			t.Errorf("asked %q", &out)
		}
	}
}

func TestChoose(t *testing.T) {
	named := func(ids ...string) (endpoints []alexa.Endpoint) {
		for _, id := range ids {
			endpoints = append(endpoints, alexa.Endpoint{EndpointID: id})
		}
		return endpoints
	}
	for _, c := range []struct {
		ids  []string
		want string
	}{
		{[]string{"switch#a", "light#b", "light#kitchen_lights", "light#c"}, "light#kitchen_lights"},
		{[]string{"switch#a", "light#b", "light#c"}, "light#b"},
		{[]string{"switch#a"}, ""},
		{nil, ""},
	} {
		got := ""
		if light := choose(named(c.ids...)); light != nil {
			got = light.EndpointID
		}
		if got != c.want {
			t.Errorf("of %v it takes %q, want %q", c.ids, got, c.want)
		}
	}
}

func TestShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		850 * time.Microsecond: "850 µs", 1250 * time.Microsecond: "1.2 ms", 999 * time.Millisecond: "999.0 ms", 2340 * time.Millisecond: "2.34 s",
	} {
		if got := short(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
}
