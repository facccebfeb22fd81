package operator

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// WayView is the way to the home, step by step.
type WayView struct {
	// Host is where the home is, "" when that is not known.
	Host string `json:"host,omitempty"`
	// Steps are in their order. Only the last may have failed.
	Steps []StepView `json:"steps"`
	// Skew is by how many milliseconds the home's clock is ahead of ours, to the
	// second; nil when it did not tell.
	Skew  *float64 `json:"clock_skew,omitempty"`
	Error *Failure `json:"error,omitempty"`
}

// StepView is one step of the way: "name", "connection", "encryption" or "answer".
type StepView struct {
	Step    string  `json:"step"`
	Took    float64 `json:"took"`
	Found   string  `json:"found,omitempty"`
	Failure string  `json:"failure,omitempty"`
}

// way looks at the way to the home. It sends no token.
func (d *Desk) way(ctx context.Context) WayView {
	settings, err := d.parts.Live.Settings(ctx)
	view := WayView{Steps: []StepView{}}
	if u, err := url.Parse(settings.Access.URL); err == nil {
		view.Host = u.Host
	}
	if settings.Access.URL == "" {
		if err == nil {
			err = fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set, or cannot be used.")
		}
		view.Error = failure(err)
		return view
	}
	way, err := d.parts.Doctor.Way(ctx, false)
	if view.Error = failure(err); err != nil {
		return view
	}
	view.walk(way, settings)
	if way.Clocked {
		skew := journal.Milliseconds(way.Skew)
		view.Skew = &skew
	}
	return view
}

// walk adds the steps of the way.
func (v *WayView) walk(w checkup.Way, s config.Settings) {
	addresses := make([]string, len(w.Addresses))
	var slowest time.Duration
	var refusals []string
	for i, a := range w.Addresses {
		addresses[i], slowest = a.Text, max(slowest, a.Took)
		refusals = append(refusals, a.Text+": "+problem(a.Trouble))
	}
	if !v.step("name", w.NameTook, strings.Join(addresses, ", "), w.Name, problem(w.Name)) {
		return
	}
	if w.Chosen < 0 || w.Chosen >= len(w.Addresses) {
		v.step("connection", slowest, "", checkup.Cut, strings.Join(refusals, " "))
		return
	}
	chosen := w.Addresses[w.Chosen]
	v.step("connection", chosen.Took, net.JoinHostPort(chosen.Text, w.Port), checkup.None, "")
	if c := w.Certificate; w.Secure && !v.step("encryption", c.Took, certificate(c, !s.Access.Unverified), c.Trouble, distrust(c)) {
		return
	}
	found := "Home Assistant"
	if w.Who != checkup.Home {
		found = fmt.Sprintf("HTTP status %d, which is not Home Assistant's own", w.Status)
	}
	v.step("answer", w.AnswerTook, found, w.Answer, problem(w.Answer))
}

// step adds one step, and returns false when that has failed.
func (v *WayView) step(name string, took time.Duration, found string, trouble checkup.Trouble, failure string) bool {
	one := StepView{Step: name, Took: journal.Milliseconds(took), Found: found}
	if trouble != checkup.None {
		one.Found, one.Failure = "", failure
	}
	v.Steps = append(v.Steps, one)
	return trouble == checkup.None
}

// certificate says what a certificate is.
func certificate(c checkup.Certificate, checked bool) string {
	text := fmt.Sprintf("%s, certificate of %s by %s, good until %s", c.Protocol, strings.Join(c.Names, ", "), c.Issuer, c.Until.UTC().Format(time.DateOnly))
	if !checked {
		text += ", not checked"
	}
	return text
}

// distrust says why there is no trusted encryption.
func distrust(c checkup.Certificate) string {
	switch {
	case c.Trouble == checkup.Declined && c.Detail != "":
		return "The home ended the TLS handshake: " + c.Detail + "."
	case c.Detail != "":
		return "The certificate is not trusted: " + c.Detail + "."
	default:
		return problem(c.Trouble)
	}
}

// problem says in a sentence why a step failed.
func problem(t checkup.Trouble) string {
	switch t {
	case checkup.NoSuchName:
		return "There is no such name."
	case checkup.NoAddress:
		return "The name has no address."
	case checkup.NoResolver:
		return "The name cannot be looked up: no name server answers."
	case checkup.Refused:
		return "The connection was refused."
	case checkup.TimedOut:
		return "There was no answer in time."
	case checkup.NoRoute:
		return "There is no route to it."
	case checkup.NotTLS:
		return "It does not speak TLS. If it speaks plain HTTP, HOME_ASSISTANT_URL must begin with http://."
	case checkup.SpeaksTLS:
		return "It speaks TLS. HOME_ASSISTANT_URL must begin with https://."
	case checkup.OldTLS:
		return "It speaks no version of TLS from 1.2 on."
	case checkup.WantsCertificate:
		return "It wants a client certificate: set HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY."
	case checkup.NotHTTP:
		return "It does not speak HTTP."
	case checkup.Declined:
		return "The home ended the TLS handshake."
	default:
		return "The connection was cut."
	}
}
