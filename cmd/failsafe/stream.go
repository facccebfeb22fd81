package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"io"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// stream reads JSON piece by piece. It keeps only the values that it is asked for, each up
// to a size. It skips the rest without checking more than where it ends.
type stream struct {
	in   *bufio.Reader
	kept []byte // the value that raw read last
	// fields is where attributes are gathered before it is known how many they are.
	fields home.Fields
}

// errNoJSON means that an answer is not JSON, or does not have the expected form.
var errNoJSON = errors.New("the answer is not of the expected form")

// maxBodyBytes is how much of an answer is read, unpacked.
const maxBodyBytes = 64 << 20

// newStream returns a stream that reads the first maxBodyBytes of in.
func newStream(in io.Reader) *stream {
	return &stream{in: bufio.NewReader(io.LimitReader(in, maxBodyBytes))}
}

// next returns the next byte. The end of the answer is an error here.
func (s *stream) next() (byte, error) {
	c, err := s.in.ReadByte()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return c, err
}

// peek returns the first byte of what comes next, and leaves it there.
func (s *stream) peek() (byte, error) {
	for {
		c, err := s.next()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c, s.in.UnreadByte()
		}
	}
}

// raw returns the next value as JSON, or nil when it is longer than most bytes. The result
// is valid until the next value is read.
func (s *stream) raw(most int) ([]byte, error) {
	c, err := s.peek()
	if err != nil {
		return nil, err
	}
	s.kept = s.kept[:0]
	fits := true
	keep := func(c byte) {
		if fits = fits && len(s.kept) < most; fits {
			s.kept = append(s.kept, c)
		}
	}
	switch c {
	case '{', '[', '"':
		err = s.enclosed(keep)
	case '}', ']', ',', ':':
		err = errNoJSON
	default:
		err = s.literal(keep)
	}
	if err != nil || !fits {
		return nil, err
	}
	return s.kept, nil
}

// skip skips the next value.
func (s *stream) skip() error {
	_, err := s.raw(0)
	return err
}

// enclosed reads a text, a list or an object.
func (s *stream) enclosed(keep func(byte)) error {
	for depth, quoted := 0, false; ; {
		c, err := s.next()
		if err != nil {
			return err
		}
		keep(c)
		switch {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			if c, err = s.next(); err != nil {
				return err
			}
			keep(c)
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			depth--
		}
		if depth == 0 && !quoted {
			return nil
		}
	}
}

// literal reads a number, true, false or null.
func (s *stream) literal(keep func(byte)) error {
	for {
		c, err := s.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF): // nothing else need follow
			return nil
		case err != nil:
			return err
		}
		switch c {
		case ',', '}', ']', ' ', '\n', '\t', '\r':
			return s.in.UnreadByte()
		}
		keep(c)
	}
}

// list reads a list: it calls each at every item, and each must read the item.
func (s *stream) list(each func() error) error { return s.items('[', ']', each) }

// object reads an object: it calls each with the name of every member, and each must read
// the value. A name of more than maxNameBytes is "".
func (s *stream) object(each func(name string) error) error {
	return s.items('{', '}', func() error {
		c, err := s.peek()
		if err == nil && c != '"' {
			err = errNoJSON
		}
		var name string
		if err == nil {
			err = s.read(maxNameBytes, &name)
		}
		if err == nil {
			err = s.take(':')
		}
		if err != nil {
			return err
		}
		return each(name)
	})
}

// items reads what stands between two brackets, with commas between.
func (s *stream) items(open, end byte, each func() error) error {
	if err := s.take(open); err != nil {
		return err
	}
	if c, err := s.peek(); err != nil || c == end {
		return cmp.Or(err, s.take(end))
	}
	for {
		if err := each(); err != nil {
			return err
		}
		if c, err := s.peek(); err != nil || c == end {
			return cmp.Or(err, s.take(end))
		}
		if err := s.take(','); err != nil {
			return err
		}
	}
}

// take reads the byte that must come next.
func (s *stream) take(want byte) error {
	c, err := s.peek()
	if err == nil && c != want {
		err = errNoJSON
	}
	if err != nil {
		return err
	}
	_, err = s.next()
	return err
}

// read reads the next value into to. It leaves to as it is when the value is longer than
// most bytes or has another type.
func (s *stream) read(most int, to any) error {
	raw, err := s.raw(most)
	if err != nil || raw == nil {
		return err
	}
	err = json.Unmarshal(raw, to)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return nil
	}
	return err
}
