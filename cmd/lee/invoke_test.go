package main

import (
	"testing"
	"time"
)

func TestSentAt(t *testing.T) {
	now := time.Date(2026, 11, 23, 7, 0, 0, 0, time.FixedZone("", 3600))
	for event, want := range map[string]string{
		`{"request":{"timestamp":"now","type":"LaunchRequest"},"version":"1.0"}`: `{"request":{"timestamp":"2026-11-23T06:00:00Z","type":"LaunchRequest"},"version":"1.0"}`,
		`{"version":"1.0", "request":{"timestamp":"2015-05-13T12:34:56Z"}}`:      `{"version":"1.0", "request":{"timestamp":"2015-05-13T12:34:56Z"}}`,
		`{"test": "ping"}`:              `{"test": "ping"}`,
		`{"request": "now"}`:            `{"request": "now"}`,
		`{"request":{"timestamp":"now"`: `{"request":{"timestamp":"now"`,
		``:                              ``,
	} {
		if got := string(sentAt([]byte(event), now)); got != want {
			t.Errorf("%s is sent as %s, should be %s", event, got, want)
		}
	}
}
