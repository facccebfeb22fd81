package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// health is how LEE and what it needs are, in the engine's words (docs/operations.md).
// It is degraded at the best: the failsafe is not the engine.
type health struct {
	Status     string      `json:"status"`
	Components []component `json:"components,omitempty"`
}

type component struct {
	Name   string `json:"name"`
	Status string `json:"status"`
	Detail string `json:"detail,omitempty"`
}

// pulsePatience is how long the home is given to answer.
const pulsePatience = 3 * time.Second

func (f *function) health(ctx context.Context) health {
	s := f.service(ctx)
	h := health{Status: "degraded", Components: []component{
		{"failsafe", "impaired", "The failsafe answers: " + f.why + "."},
		s.pulse(ctx),
		{"configuration", "up", ""},
		{"parameter store", "off", ""},
	}}
	if s.mistaken != nil {
		h.Components[2] = component{"configuration", "impaired", s.mistaken.Error()}
	}
	if f.store != setting.StoreUnread {
		h.Components[3] = state("parameter store", f.stored)
	}
	for _, c := range h.Components {
		if c.Status == "down" {
			h.Status = "unhealthy"
		}
	}
	return h
}

// pulse asks after the home.
func (s *service) pulse(ctx context.Context) component {
	switch {
	case s.broken != nil:
		return state("home", s.broken)
	case s.settings.Access.Token.Empty():
		return component{"home", "unknown", "LEE has no token of its own to ask the home with."}
	}
	ctx, cancel := context.WithTimeout(ctx, pulsePatience)
	defer cancel()
	_, err := s.home.config(ctx, s.settings.Access.Token)
	return state("home", err)
}

// state is a component that is down for a reason, or up.
func state(name string, err error) component {
	if err != nil {
		return component{name, "down", fault.Text(err)}
	}
	return component{Name: name, Status: "up"}
}

// request answers an HTTP request in payload format 2.0
// (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html): GET /health, and
// that there is nothing else for now. Only who was let in by AWS IAM is told more than
// the status: of the operators' secret nothing is known here.
func (f *function) request(ctx context.Context, raw []byte) any {
	var event struct {
		RawPath        string `json:"rawPath"`
		RequestContext struct {
			Stage string                  `json:"stage"`
			HTTP  struct{ Method string } `json:"http"`
			Auth  struct {
				IAM struct {
					AccountID string `json:"accountId"`
					UserARN   string `json:"userArn"`
				} `json:"iam"`
			} `json:"authorizer"`
		} `json:"requestContext"`
	}
	_ = json.Unmarshal(raw, &event) // what is not such a request is answered 503
	at, status, body := event.RequestContext, http.StatusServiceUnavailable, any(health{Status: "degraded"})
	path := strings.TrimPrefix(strings.TrimRight(event.RawPath, "/"), "/"+at.Stage)
	if event.RawPath != "" && strings.EqualFold(at.HTTP.Method, http.MethodGet) && strings.TrimPrefix(path, "/") == "health" {
		h := f.health(ctx)
		if h.Status != "unhealthy" {
			status = http.StatusOK
		}
		if at.Auth.IAM.AccountID == "" || at.Auth.IAM.UserARN == "" {
			h.Components = nil
		}
		body = h
	}
	written, _ := json.Marshal(body) // it holds nothing but texts
	return map[string]any{"statusCode": status, "body": string(written), "headers": map[string]string{
		"content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff",
		"x-correlation-id": requestID(ctx),
	}}
}
