package homeassistant

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

const (
	// maxRefusalBytes limits what is read of an answer that is not a good one.
	maxRefusalBytes = 8 << 10
	// maxDrainBytes limits what is read of an answer for nothing, so that its
	// connection can be used again: the end of what was decoded, or a proxy's page.
	maxDrainBytes = 4 << 10
	// drainTime is how long the end of an answer is waited for when all that counts has
	// come. It is on its way then, or it never comes.
	drainTime = 50 * time.Millisecond
	// maxPause is how long an answer that is not a good one may pause. It has no end
	// that could be told from its text.
	maxPause = 250 * time.Millisecond
)

// answer is an answer that is read. Servers end what they send in many wrong ways: they
// leave out the last chunk, keep a connection open whose end would be the answer's, or
// announce more than they send. So the end of an answer is not waited for: where it does
// not come with the rest, the connection is closed.
type answer struct {
	*http.Response
	// ended says that its end was read.
	ended bool
	// enough says that all that counts was read, and that more is not on its way.
	enough bool
	// shown is what text returned; nil before.
	shown []byte
}

// answered returns the answer to a request, which must be closed. Its arguments are what
// a round trip returns.
func answered(response *http.Response, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	return &answer{Response: response}, nil
}

// Read reads the body as it was sent.
func (a *answer) Read(p []byte) (n int, err error) {
	n, err = a.Body.Read(p)
	a.ended = a.ended || err == io.EOF
	return n, err
}

// packed says whether the body is compressed.
func (a *answer) packed() bool { return a.Header.Get("Content-Encoding") == "gzip" }

var errPacked = errors.New("the answer is packed, which nobody asked for")

// decode has into read the value of a good answer, which is JSON of up to most bytes,
// unpacked. Its error does not say where something is wrong by the names of members, which
// may hold anything.
func (a *answer) decode(most int64, into func(*decoder) error) error {
	body := io.Reader(a)
	if a.packed() {
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			return err
		}
		unpacked.Multistream(false) // one that looked for a second part would wait for it
		body = unpacked
	}
	err := into(newDecoder(body, most))
	// What follows a packed value, or the last piece of one that comes in pieces, is on
	// its way. An announced length that is not reached is wrong.
	a.enough = err == nil && !a.packed() && a.ContentLength > 0
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		bare := *wrong
		bare.JSONPointer = ""
		return &bare
	}
	return err
}

// piece is what one read of a body brought.
type piece struct {
	text  []byte
	ended bool
}

// text returns the body of an answer that is not a good one, or its first part: up to
// its end, or to a pause.
func (a *answer) text() []byte {
	if a.shown == nil {
		a.shown = a.readText()
	}
	return a.shown
}

func (a *answer) readText() (text []byte) {
	pieces, stop := make(chan piece), make(chan struct{})
	defer close(stop)
	go func() {
		_ = fault.Guard(func() error { return a.pieces(pieces, stop) })
	}()
	var pause <-chan time.Time
	for {
		select {
		case p := <-pieces:
			text = append(text, p.text...)
			switch {
			case p.ended:
				a.ended = true
				return text
			case len(text) >= maxRefusalBytes:
				a.enough = true
				return text[:maxRefusalBytes]
			case json.Valid(text):
				pause = time.After(drainTime)
			case len(text) > 0:
				pause = time.After(maxPause)
			}
		case <-pause:
			a.enough = true
			return text
		}
	}
}

// pieces reads the body piece by piece until it ends or nobody wants more.
func (a *answer) pieces(to chan<- piece, stop <-chan struct{}) error {
	for {
		text := make([]byte, maxRefusalBytes)
		n, err := a.Body.Read(text)
		select {
		case to <- piece{text[:n], err != nil}:
		case <-stop:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// close ends the reading. The connection can be used again when the end has come, or
// comes at once.
func (a *answer) close() {
	if !a.ended && !a.enough && !a.Close && a.StatusCode != http.StatusSwitchingProtocols {
		a.drain()
	}
	_ = a.Body.Close()
}

// drain reads the rest of the body for a moment. What hangs then ends when the body is
// closed.
func (a *answer) drain() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = fault.Guard(func() error {
			_, err := io.CopyN(io.Discard, a.Body, maxDrainBytes)
			return err
		})
	}()
	timer := time.NewTimer(drainTime)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
}
