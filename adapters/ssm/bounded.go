package ssm

import (
	"errors"
	"io"
	"net/http"
)

// Bounds on an answer, unpacked. A page has ten parameters of 8 KB at most.
const maxAnswerBytes, maxHeaderBytes = 1 << 20, 64 << 10

// bounded is a transport whose answers end after maxAnswerBytes.
type bounded struct{ *http.Transport }

var errProtocol = errors.New("the other side changes the protocol")

// RoundTrip implements http.RoundTripper. It fails where the other side changes the
// protocol: no deadline ends the reading of what follows then.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.Transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusSwitchingProtocols {
		_ = response.Body.Close()
		return nil, errProtocol
	}
	response.Body = &limited{io.LimitReader(response.Body, maxAnswerBytes), response.Body}
	return response, nil
}

// limited is the beginning of a body.
type limited struct {
	io.Reader
	io.Closer
}
