//go:build live

package differential

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// lee is an engine put together as in a Lambda function, for a house.
type lee struct{ *engine.Engine }

func newLEE(t *testing.T, h *house) lee {
	t.Helper()
	env := map[string]string{"HOME_ASSISTANT_URL": h.url, "HOME_ASSISTANT_TOKEN": h.token}
	environment := config.Surroundings()
	environment.Lookup = func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}
	if _, mistakes := config.FromEnvironment(environment); len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	e, err := wiring.Build(wiring.Start{Environment: environment, Began: time.Now(), Log: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return lee{e}
}

// ask sends a directive and returns the answer, which must be one that Alexa
// takes.
func (l lee) ask(tb testing.TB, m message) (answer, []byte, error) {
	tb.Helper()
	event, err := json.Marshal(m.wire())
	if err != nil {
		return answer{}, nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	raw, err := l.Invoke(ctx, event)
	if err != nil {
		return answer{}, nil, err
	}
	d, err := parse(m)
	if err != nil {
		return answer{}, nil, err
	}
	alexatest.CheckReply(about(tb, m), d, raw)
	a, err := readAnswer(raw)
	return a, raw, err
}

func parse(m message) (alexa.Directive, error) {
	raw, err := json.Marshal(m.wire()["directive"])
	if err != nil {
		return alexa.Directive{}, err
	}
	var in struct {
		Header   alexa.Header
		Endpoint alexa.EndpointRef
		Payload  json.RawMessage
	}
	err = json.Unmarshal(raw, &in)
	return alexa.Directive{Header: in.Header, Endpoint: in.Endpoint, Payload: in.Payload}, err
}

// told is a test whose complaints say what they are about.
type told struct {
	testing.TB
	about string
}

func about(tb testing.TB, m message) testing.TB {
	return told{tb, fmt.Sprintf("%s to %s %s", m.directive(), m.endpoint, m.said())}
}

func (t told) Errorf(format string, args ...any) {
	t.Helper()
	t.TB.Errorf("%s: %s", t.about, fmt.Sprintf(format, args...))
}
