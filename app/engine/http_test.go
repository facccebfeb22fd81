package engine_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// served returns an engine with one route, GET /health.
func served(handle web.Handler) *rig {
	parts := tables()
	parts.HTTP = web.New([]web.Route{{Method: "GET", Path: "/health", Open: true, Handle: handle}},
		func(context.Context) secret.Text { return secret.New(canary) })
	return newRig(parts)
}

func response(t *testing.T, answer []byte) web.Response {
	t.Helper()
	var r web.Response
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	if r.StatusCode == 0 || r.Headers["content-type"] == "" {
		t.Errorf("no response of format 2.0: %s", answer)
	}
	return r
}

func TestHTTP(t *testing.T) {
	r := served(func(context.Context, web.Request) (int, any, error) { return 200, map[string]int{"a": 1}, nil })
	answer, logged := r.invoke(t.Context(), t, request)
	got := response(t, answer)
	if got.StatusCode != 200 || got.Body != `{"a":1}` || got.Headers["x-correlation-id"] != requestID {
		t.Errorf("answered %s", answer)
	}
	if logged.Event != "http" || logged.Outcome != "done" {
		t.Errorf("logged %+v", logged)
	}
	for _, want := range []string{`"path":"GET /health"`, `"status":200`, `"operator":false`, `"httpRequest":"r-1"`} {
		if !strings.Contains(r.log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, &r.log)
		}
	}
}

// TestHTTPStrangers: somebody who tries doors is no reason to wake anybody up.
func TestHTTPStrangers(t *testing.T) {
	r := served(nil)
	for _, path := range []string{"/diagnostics", "/.env", "/" + strings.Repeat("x", 5000)} {
		answer, logged := r.invoke(t.Context(), t, strings.ReplaceAll(request, "/health", path))
		if got := response(t, answer); got.StatusCode != 404 {
			t.Errorf("answered %s", answer)
		}
		if logged.Level != "WARN" || len(r.log.Bytes()) > 2000 {
			t.Errorf("logged %s", &r.log)
		}
	}
}

// TestHTTPHandlerBreaks: a response goes out whatever a handler does.
func TestHTTPHandlerBreaks(t *testing.T) {
	for name, handle := range map[string]web.Handler{
		"panics": func(context.Context, web.Request) (int, any, error) { panic(canary) },
		"fails": func(context.Context, web.Request) (int, any, error) {
			return 0, nil, fault.New(fault.Internal, "A part of LEE failed.")
		},
		"writes what is no JSON": func(context.Context, web.Request) (int, any, error) { return 200, make(chan int), nil },
	} {
		t.Run(name, func(t *testing.T) {
			parts := tables()
			parts.HTTP = web.New([]web.Route{{Method: "GET", Path: "/health", Open: true, Handle: handle}},
				func(context.Context) secret.Text { return secret.Text{} })
			r := newRig(parts)
			answer, err := r.Invoke(t.Context(), []byte(request))
			if err != nil {
				t.Fatal(err)
			}
			got := response(t, answer)
			if got.StatusCode != 500 || got.Body != `{"error":{"message":"Internal Server Error"}}` {
				t.Errorf("answered %s", answer)
			}
		})
	}
}

func TestHTTPHandlerHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := served(func(context.Context, web.Request) (int, any, error) {
			time.Sleep(time.Minute)
			return 200, nil, nil
		})
		answer, logged := r.invoke(t.Context(), t, request)
		if got := response(t, answer); got.StatusCode != 500 || logged.Outcome != "unanswered" {
			t.Errorf("answered %s, logged %+v", answer, logged)
		}
		time.Sleep(time.Minute)
	})
}

func TestNoHTTP(t *testing.T) {
	answer, _ := newRig(tables()).invoke(t.Context(), t, request)
	if got := response(t, answer); got.StatusCode != 500 {
		t.Errorf("answered %s", answer)
	}
}

// TestScheduled: only EventBridge's events are scheduled ones.
func TestScheduled(t *testing.T) {
	for event, want := range map[string]string{
		scheduled: `{"warm":true}`,
		strings.Replace(scheduled, "aws.events", "aws.scheduler", 1): `{"warm":true}`,
		strings.Replace(scheduled, "aws.events", "aws.s3", 1):        "LEE knows events of the sources aws.events and aws.scheduler",
		`{"source":5}`: "LEE knows events of the sources aws.events and aws.scheduler",
	} {
		parts := tables()
		parts.KeepWarm = func(context.Context, json.RawMessage) (any, error) { return map[string]bool{"warm": true}, nil }
		answer, logged := newRig(parts).invoke(t.Context(), t, event)
		if !strings.Contains(string(answer), want) || logged.Event != "scheduled" {
			t.Errorf("%s: answered %s, logged %+v", event, answer, logged)
		}
	}
	if answer, _ := newRig(tables()).invoke(t.Context(), t, scheduled); string(answer) != `{"status":"warm"}` {
		t.Errorf("without anything to refresh: %s", answer)
	}
}

// TestTooLarge: an answer that Lambda would not take is one that says so.
func TestTooLarge(t *testing.T) {
	parts := tables()
	parts.Operations["all"] = func(context.Context, json.RawMessage) (any, error) { return strings.Repeat("x", 7<<20), nil }
	answer, logged := newRig(parts).invoke(t.Context(), t, `{"operation":"all"}`)
	if !strings.Contains(string(answer), "and Lambda takes 6291456; ask for less.") || logged.Outcome != "invalid" {
		t.Errorf("answered %.200s, logged %+v", answer, logged)
	}
}

// mistaken is a failure with a list.
type mistaken []string

func (m mistaken) Error() string   { return strings.Join(m, "; ") }
func (m mistaken) Texts() []string { return m }

// TestMistakesAreListed: a sender of several mistakes at once is told of each.
func TestMistakesAreListed(t *testing.T) {
	parts := engine.Parts{Operations: map[string]engine.Operation{"check": func(context.Context, json.RawMessage) (any, error) {
		return nil, fault.Wrap(fault.Invalid, "There are mistakes.", mistaken{"item 1: a", "item 3: b"})
	}}}
	answer, _ := newRig(parts).invoke(t.Context(), t, `{"operation":"check"}`)
	if want := `{"error":{"kind":"invalid","message":"There are mistakes."},"mistakes":["item 1: a","item 3: b"]}`; string(answer) != want {
		t.Errorf("answered %s, want %s", answer, want)
	}
}
