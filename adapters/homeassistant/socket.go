package homeassistant

import (
	"cmp"
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"

	"github.com/coder/websocket"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// mostInMessage is how much of one message is read, unpacked: the registry of a
// house of some ten thousand devices.
const mostInMessage = 16 << 20

// socket is a connection to Home Assistant's WebSocket API
// (https://developers.home-assistant.io/docs/api/websocket/) for a few commands
// that are sent back to back.
//
// Home Assistant says hello, wants to know who is there and says yes before it
// takes commands. What is sent meanwhile waits for it, so nothing is waited for
// here: a home far away takes one round trip for all of it instead of three.
type socket struct {
	conn    *websocket.Conn
	own     bool // the token is LEE's own
	filter  foreign.Filter
	broken  error
	last    int
	waiting map[int]*sent
	// rest is what follows the value of the message that was read last. Its end is
	// waited for when there is another to read; nil for none.
	rest io.Reader
}

// sent is a command that was sent, and what becomes of it.
type sent struct {
	read func(*decoder) error
	// code is the home's word for why it declined; "" when it did not. message is
	// its sentence, which may hold what is nobody's business.
	code, message string
}

// openSocket opens a connection and says who is there. The error is a *fault.Error.
func (c *Client) openSocket(ctx context.Context, token secret.Text, own bool) (*socket, error) {
	header := make(http.Header, len(c.config.Headers))
	for name, value := range c.config.Headers {
		header.Set(name, value.Reveal())
	}
	handshake := &handshake{transport: c.transport}
	conn, response, err := websocket.Dial(ctx, c.base+"/api/websocket", &websocket.DialOptions{ //nolint:bodyclose // there is none after a handshake
		HTTPClient: &http.Client{Transport: handshake, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}},
		HTTPHeader: header,
		// Registries shrink to a tenth. What goes out is short, and packing it
		// would take more memory than all the rest.
		CompressionMode:      websocket.CompressionNoContextTakeover,
		CompressionThreshold: math.MaxInt,
	})
	filter := c.filter(token)
	failed := filter.Error(err)
	var late *fault.Error
	switch {
	case err == nil:
	case errors.As(err, &late): // by ports.InTime
		return nil, late
	case ctx.Err() != nil:
		return nil, fault.Wrap(fault.Deadline, "The home did not answer in time.", failed)
	case response != nil:
		return nil, &fault.Error{
			Kind: fault.Unsupported, Cause: failed,
			Text: "Something in front of Home Assistant lets no WebSocket through (HTTP status " + strconv.Itoa(response.StatusCode) + ").",
		}
	default:
		return nil, fault.Wrap(fault.Unreachable, "The home cannot be reached.", failed)
	}
	handshake.speak()
	conn.SetReadLimit(mostInMessage)
	s := &socket{conn: conn, own: own, filter: filter, waiting: map[int]*sent{}}
	hello, err := jsontext.AppendQuote([]byte(`{"type":"auth","access_token":`), token.Reveal())
	s.write(ctx, hello, err)
	return s, nil
}

// close ends the connection without a farewell, which would take a round trip.
func (s *socket) close() { _ = s.conn.CloseNow() }

// write sends a message that lacks its last brace. What goes wrong is kept for
// settle: the home may have said why.
func (s *socket) write(ctx context.Context, message []byte, err error) {
	if err == nil && s.broken == nil {
		err = s.conn.Write(ctx, websocket.MessageText, append(message, '}'))
	}
	if s.broken == nil {
		s.broken = err
	}
}

// ask sends a command. parameters are further members in JSON, beginning with a
// comma; nil for none. read reads its result when settle comes to it.
func (s *socket) ask(ctx context.Context, command string, parameters []byte, read func(*decoder) error) *sent {
	s.last++
	r := &sent{read: read}
	s.waiting[s.last] = r
	message := strconv.AppendInt([]byte(`{"id":`), int64(s.last), 10)
	message = append(message, `,"type":"`+command+`"`...)
	s.write(ctx, append(message, parameters...), nil)
	return r
}

// settle reads until every command has its reply. The error is a *fault.Error.
func (s *socket) settle(ctx context.Context) error {
	for len(s.waiting) > 0 {
		err := s.next(ctx)
		var e *fault.Error
		switch {
		case err == nil:
		case errors.As(err, &e):
			return e
		case ctx.Err() != nil:
			return fault.Wrap(fault.Deadline, "The home did not answer in time.", s.filter.Error(err))
		case errors.Is(err, errShape), errors.Is(err, errTooLarge), errors.Is(err, websocket.ErrMessageTooBig):
			return fault.Wrap(fault.Unsupported, "What answered over WebSocket does not speak as Home Assistant does.", s.filter.Error(err))
		default:
			return fault.Wrap(fault.Unreachable, "The WebSocket to the home broke off.", s.filter.Error(errors.Join(s.broken, err)))
		}
	}
	return nil
}

var (
	ofMessage = named("type", "id", "error", "result")
	ofError   = named("code", "message")
)

// next reads one message.
func (s *socket) next(ctx context.Context) error {
	if s.rest != nil {
		if _, err := io.Copy(io.Discard, s.rest); err != nil {
			return err
		}
	}
	kind, in, err := s.conn.Reader(ctx)
	if err != nil {
		return err
	}
	d := newDecoder(in, mostInMessage)
	if kind != websocket.MessageText || d.in.PeekKind() != '{' {
		return d.broken()
	}
	var id int
	var typ string
	err = d.members(ofMessage, func(name string) error {
		switch name {
		case "type":
			return d.text(&typ)
		case "id":
			return d.int(&id)
		case "error":
			return s.declined(d, id)
		default:
			return s.result(d, id)
		}
	})
	if err != nil {
		return d.shape(err)
	}
	if typ == "auth_invalid" {
		return notAllowed(s.own)
	}
	s.rest = in
	return nil
}

// result reads the result of a command, which comes after its id.
func (s *socket) result(d *decoder, id int) error {
	r := s.waiting[id]
	if r == nil {
		return d.unexpected()
	}
	delete(s.waiting, id)
	return r.read(d)
}

// declined reads why a command was declined.
func (s *socket) declined(d *decoder, id int) error {
	r := s.waiting[id]
	if r == nil || d.in.PeekKind() != '{' {
		return d.unexpected()
	}
	delete(s.waiting, id)
	err := d.members(ofError, func(name string) error {
		if name == "message" {
			return d.text(&r.message)
		}
		return d.text(&r.code)
	})
	r.code, r.message = cmp.Or(s.filter.Text(r.code), "unknown_error"), s.filter.Text(r.message)
	return err
}

// broken returns errShape where what comes is something else than expected, and
// the error that is in the way of reading it otherwise.
func (d *decoder) broken() error {
	if _, err := d.in.ReadToken(); err != nil {
		return d.shape(err)
	}
	return errShape
}

// shape returns errShape for an error that is due to what was sent, and not to
// the connection.
func (d *decoder) shape(err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.Join(errShape, err)
	}
	return err
}

// int reads a whole number; anything else leaves to as it is.
func (d *decoder) int(to *int) error {
	if d.in.PeekKind() != '0' {
		return d.in.SkipValue()
	}
	token, err := d.in.ReadToken()
	if err == nil {
		if f, _ := token.Float(); f == math.Trunc(f) && math.Abs(f) < 1<<31 {
			*to = int(f)
		}
	}
	return err
}

// flag reads a flag; anything else leaves to as it is.
func (d *decoder) flag(to *bool) error {
	switch d.in.PeekKind() {
	case 't', 'f':
		token, err := d.in.ReadToken()
		if err == nil {
			*to = token.Bool()
		}
		return err
	default:
		return d.in.SkipValue()
	}
}

// items reads the list that comes next, by calling read for each of its items;
// anything else is skipped.
func (d *decoder) items(read func() error) error {
	if d.in.PeekKind() != '[' {
		return d.in.SkipValue()
	}
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	for d.in.PeekKind() != ']' {
		if err := read(); err != nil {
			return err
		}
	}
	_, err := d.in.ReadToken()
	return err
}

// each reads the object that comes next, by calling read for the value of each of
// its members; anything else is skipped.
func (d *decoder) each(read func(name string) error) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	for d.in.PeekKind() != '}' {
		token, err := d.in.ReadToken()
		if err != nil {
			return err
		}
		if err := read(token.String()); err != nil {
			return err
		}
	}
	_, err := d.in.ReadToken()
	return err
}

// maxTexts limits a list of texts: what a house of so many entities has hidden.
const maxTexts = 50_000

// texts reads a list of texts. Items that are none are left out, but for null,
// which is an empty text where nulls is set. The error is errTooLarge for a list that is
// longer than any of Home Assistant's.
func (d *decoder) texts(to *[]string, nulls bool) error {
	return d.items(func() error {
		if len(*to) == maxTexts {
			return errTooLarge
		}
		null := d.in.PeekKind() == 'n'
		var text string
		if err := d.text(&text); err != nil {
			return err
		}
		if text != "" || null && nulls {
			*to = append(*to, text)
		}
		return nil
	})
}
