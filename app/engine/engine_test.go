package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/ports"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is the bearer token of every directive here: wherever it shows, a
// secret has got out.
const canary = "canary.SFMyNTYdG9rZW4"

// requestID is the id that Lambda gives every invocation here.
const requestID = "8f2b1f64-0f3c-4f0a-9a54-6f3a1f0b7c11"

// rig is an engine and what it logs.
type rig struct {
	*engine.Engine
	log bytes.Buffer
}

// newRig returns an engine of the given parts; those that every test shares are
// filled in.
func newRig(parts engine.Parts) *rig {
	r := &rig{}
	parts.Clock = ports.WallClock{}
	parts.Log = telemetry.NewLog(&r.log, zap.InfoLevel)
	if parts.Budget == (engine.Budget{}) {
		parts.Budget = engine.DefaultBudget()
	}
	r.Engine = engine.New(parts)
	return r
}

// line is what an invocation leaves in the log.
type line struct {
	Level, Message, Correlation, Outcome, Event, Directive, Operation, Error string
}

// invoke sends an event as Lambda does and checks what holds of every answer: it
// is JSON, it has one line in the log, under its request's id, and neither gives
// the canary away.
func (r *rig) invoke(ctx context.Context, tb testing.TB, event string) ([]byte, line) {
	tb.Helper()
	r.log.Reset()
	ctx = lambdacontext.NewContext(ctx, &lambdacontext.LambdaContext{AwsRequestID: requestID})
	answer, err := r.Invoke(ctx, []byte(event))
	if err != nil {
		tb.Fatalf("Invoke failed, which it must never: %v", err)
	}
	if !json.Valid(answer) {
		tb.Fatalf("the answer is not JSON: %.200q", answer)
	}
	var logged line
	if n := strings.Count(r.log.String(), "\n"); n != 1 {
		tb.Errorf("%d lines in the log, want 1:\n%s", n, &r.log)
	} else if err := json.Unmarshal(r.log.Bytes(), &logged); err != nil {
		tb.Errorf("the log is not JSON: %v: %s", err, &r.log)
	}
	if logged.Message != "answered" || logged.Correlation != requestID {
		tb.Errorf("the log's line is %q under %q, want \"answered\" under the request's id", logged.Message, logged.Correlation)
	}
	for where, text := range map[string]string{"answer": string(answer), "log": r.log.String()} {
		if strings.Contains(text, canary) {
			tb.Errorf("the token is in the %s: %.400s", where, text)
		}
	}
	return answer, logged
}

// event returns the event with which Alexa sends a directive, "Alexa.ReportState"
// say, for an endpoint ("" for none).
func event(directive, endpoint string) string {
	raw, err := json.Marshal(map[string]any{"directive": message(directive, endpoint)})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func message(directive, endpoint string) map[string]any {
	i := strings.LastIndexByte(directive, '.')
	scope := map[string]any{"type": "BearerToken", "token": canary}
	m := map[string]any{
		"header": map[string]any{
			"namespace": directive[:i], "name": directive[i+1:], "payloadVersion": "3",
			"messageId": "abc-123", "correlationToken": "dFMb0z+PgpgdDmluhJ1LddFvSqZ/jCc8ptlAKulUj90jSqg==",
		},
		"payload": map[string]any{},
	}
	switch {
	case endpoint != "":
		m["endpoint"] = map[string]any{"endpointId": endpoint, "scope": scope, "cookie": map[string]any{}}
	case directive == "Alexa.Authorization.AcceptGrant":
		m["payload"] = map[string]any{"grant": map[string]any{"type": "OAuth2.AuthorizationCode", "code": "c0de"}, "grantee": scope}
	default:
		m["payload"] = map[string]any{"scope": scope}
	}
	return m
}

// parsed returns the directive that an event holds.
func parsed(tb testing.TB, event string) alexa.Directive {
	tb.Helper()
	var in struct{ Directive json.RawMessage }
	if err := json.Unmarshal([]byte(event), &in); err != nil {
		tb.Fatal(err)
	}
	d, err := alexa.Parse(in.Directive)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// reply is what the tests look at in an answer.
type reply struct {
	Event struct {
		Header  alexa.Header
		Payload struct {
			Type      alexa.ErrorType
			Message   string
			Endpoints *[]json.RawMessage
		}
	}
	// of an answer that is no directive's
	StatusCode int
	Error      engine.RefusalReason
}

func read(tb testing.TB, answer []byte) reply {
	tb.Helper()
	var r reply
	if err := json.Unmarshal(answer, &r); err != nil {
		tb.Fatal(err)
	}
	return r
}

// checkReply checks the answer to the directive in event as Alexa would.
func checkReply(tb testing.TB, event string, answer []byte) reply {
	tb.Helper()
	alexatest.CheckReply(tb, parsed(tb, event), answer)
	return read(tb, answer)
}
