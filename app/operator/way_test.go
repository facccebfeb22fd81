package operator_test

import (
	"slices"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// whole is a way that leads to the home, and what was met on it.
func whole() checkup.Way {
	return checkup.Way{
		Host: "home.example.org", Port: "8123", Secure: true, NameTook: time.Millisecond,
		Addresses: []checkup.Address{{Text: "192.0.2.1", Took: 2 * time.Millisecond}}, Chosen: 0,
		Certificate: checkup.Certificate{
			Names: []string{"home.example.org"}, Issuer: "An Authority", Until: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
			Protocol: "TLS 1.3", Took: 3 * time.Millisecond,
		},
		Who: checkup.Home, Status: 200, AnswerTook: 4 * time.Millisecond, Clocked: true, Skew: 2 * time.Second,
	}
}

// TestWay: what was found at each step, and where and why the way ends.
func TestWay(t *testing.T) {
	const (
		name       = "name 192.0.2.1"
		connection = "connection 192.0.2.1:8123"
		encryption = "encryption TLS 1.3, certificate of home.example.org by An Authority, good until 2030-01-02"
		answer     = "answer Home Assistant"
	)
	for what, c := range map[string]struct {
		change func(*checkup.Way)
		want   []string
	}{
		"all the way":   {func(*checkup.Way) {}, []string{name, connection, encryption, answer}},
		"without TLS":   {func(w *checkup.Way) { w.Secure = false }, []string{name, connection, answer}},
		"no name":       {func(w *checkup.Way) { *w = checkup.Way{Name: checkup.NoSuchName, Chosen: -1} }, []string{"name ! There is no such name."}},
		"no address":    {func(w *checkup.Way) { *w = checkup.Way{Name: checkup.NoAddress, Chosen: -1} }, []string{"name ! The name has no address."}},
		"no resolver":   {func(w *checkup.Way) { *w = checkup.Way{Name: checkup.NoResolver, Chosen: -1} }, []string{"name ! The name cannot be looked up: no name server answers."}},
		"no connection": {unconnected, []string{"name 192.0.2.1, 2001:db8::1, 192.0.2.3", "connection ! 192.0.2.1: There was no answer in time. 2001:db8::1: There is no route to it. 192.0.2.3: The connection was cut."}},
		"the other address": {func(w *checkup.Way) {
			w.Addresses, w.Chosen = []checkup.Address{{Text: "192.0.2.9", Trouble: checkup.Refused}, {Text: "2001:db8::1", V6: true}}, 1
		}, []string{"name 192.0.2.9, 2001:db8::1", "connection [2001:db8::1]:8123", encryption, answer}},
		"a certificate of another": {func(w *checkup.Way) {
			w.Certificate.Trouble, w.Certificate.Detail = checkup.WrongName, "certificate is valid for a.example, not home.example.org"
		}, []string{name, connection, "encryption ! The certificate is not trusted: certificate is valid for a.example, not home.example.org."}},
		"an alert": {func(w *checkup.Way) {
			w.Certificate = checkup.Certificate{Trouble: checkup.Declined, Detail: "handshake failure"}
		}, []string{name, connection, "encryption ! The home ended the TLS handshake: handshake failure."}},
		"no TLS there":     {uncertified(checkup.NotTLS), []string{name, connection, "encryption ! It does not speak TLS. If it speaks plain HTTP, HOME_ASSISTANT_URL must begin with http://."}},
		"old TLS":          {uncertified(checkup.OldTLS), []string{name, connection, "encryption ! It speaks no version of TLS from 1.2 on."}},
		"no certificate":   {uncertified(checkup.WantsCertificate), []string{name, connection, "encryption ! It wants a client certificate: set HOME_ASSISTANT_CLIENT_CERT and HOME_ASSISTANT_CLIENT_KEY."}},
		"no handshake":     {uncertified(checkup.Declined), []string{name, connection, "encryption ! The home ended the TLS handshake."}},
		"another answers":  {func(w *checkup.Way) { w.Who, w.Status = checkup.Stranger, 404 }, []string{name, connection, encryption, "answer HTTP status 404, which is not Home Assistant's own"}},
		"silence":          {unanswered(checkup.TimedOut), []string{name, connection, encryption, "answer ! There was no answer in time."}},
		"no HTTP":          {unanswered(checkup.NotHTTP), []string{name, connection, encryption, "answer ! It does not speak HTTP."}},
		"TLS is spoken":    {unanswered(checkup.SpeaksTLS), []string{name, connection, encryption, "answer ! It speaks TLS. HOME_ASSISTANT_URL must begin with https://."}},
		"it hangs up":      {unanswered(checkup.Cut), []string{name, connection, encryption, "answer ! The connection was cut."}},
		"it was cancelled": {func(w *checkup.Way) { *w = checkup.Way{Name: checkup.NoResolver} }, []string{"name ! The name cannot be looked up: no name server answers."}},
	} {
		t.Run(what, func(t *testing.T) {
			r := newRig(t, usual())
			c.change(&r.way.Way)
			var s operator.Surroundings
			r.must(t, `{"operation":"surroundings"}`, &s)
			var got []string
			for _, step := range s.Home.Steps {
				line := step.Step + " " + step.Found
				if step.Failure != "" {
					line += "! " + step.Failure
				}
				got = append(got, line)
			}
			if !slices.Equal(got, c.want) || s.Home.Error != nil {
				t.Errorf("the way is\n%q, want\n%q", got, c.want)
			}
		})
	}
}

// TestUncheckedCertificate: that a certificate is not checked is said.
func TestUncheckedCertificate(t *testing.T) {
	r := newRig(t, with(map[string]string{"HOME_ASSISTANT_VERIFY_SSL": "false"}))
	var s operator.Surroundings
	r.must(t, `{"operation":"surroundings"}`, &s)
	const want = "TLS 1.3, certificate of home.example.org by An Authority, good until 2030-01-02, not checked"
	if len(s.Home.Steps) != 4 || s.Home.Steps[2].Found != want {
		t.Errorf("the way is %+v, want %q", s.Home.Steps, want)
	}
}

func unconnected(w *checkup.Way) {
	w.Chosen = -1
	w.Addresses = []checkup.Address{
		{Text: "192.0.2.1", Trouble: checkup.TimedOut}, {Text: "2001:db8::1", V6: true, Trouble: checkup.NoRoute}, {Text: "192.0.2.3", Trouble: checkup.Cut},
	}
}

func uncertified(t checkup.Trouble) func(*checkup.Way) {
	return func(w *checkup.Way) { w.Certificate = checkup.Certificate{Trouble: t} }
}

func unanswered(t checkup.Trouble) func(*checkup.Way) {
	return func(w *checkup.Way) { w.Who, w.Answer = checkup.Stranger, t }
}
