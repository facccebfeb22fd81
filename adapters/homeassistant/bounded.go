package homeassistant

import (
	"bytes"
	"errors"
	"io"
)

// Bounds on answers, unpacked. The smallest function has 128 MB.
const (
	// maxBytes limits what is read of an answer, and maxManyBytes of one that has many
	// states: a house of 100,000 entities fits.
	maxBytes, maxManyBytes = 8 << 20, 64 << 20
	// maxTextBytes limits a text as it stands in JSON. The rest of a longer one is left
	// out where it is read, so that it is in memory nowhere.
	maxTextBytes = 64 << 10
)

var errTooLarge = errors.New("the answer is larger than any of Home Assistant's")

// bounded reads JSON for a decoder. It ends with errTooLarge after so many bytes, and
// leaves out the rest of texts that are too long: a decoder holds a text as a whole, also
// one that it skips.
type bounded struct {
	in io.Reader
	// left is how many bytes may still be read, given how many the decoder has got.
	left, given int64
	// taken returns how many of these it is done with. What is between is one text.
	taken func() int64
	// tail is the end of what was given, and backslashes how many there are at its end.
	tail        [len(`\u123`)]byte
	backslashes int
	// rest is to be given next: what stands in place of a text's end, and what was read
	// behind that.
	rest []byte
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (n int, err error) {
	if len(b.rest) == 0 && b.given-b.taken() > maxTextBytes {
		if err := b.skip(); err != nil {
			return 0, err
		}
	}
	if len(b.rest) > 0 {
		n = copy(p, b.rest)
		b.rest = b.rest[n:]
	} else {
		n, err = b.read(p)
	}
	b.note(p[:n])
	return n, err
}

// read reads on.
func (b *bounded) read(p []byte) (n int, err error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err = b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// note notes what was given.
func (b *bounded) note(p []byte) {
	b.given += int64(len(p))
	rest := bytes.TrimRight(p, `\`)
	if len(rest) > 0 {
		b.backslashes = 0
	}
	b.backslashes += len(p) - len(rest)
	if len(p) < len(b.tail) {
		p = append(b.tail[len(p):len(b.tail):len(b.tail)], p...)
	}
	copy(b.tail[:], p[len(p)-len(b.tail):])
}

// skip reads to the end of the text of which a part was given, and has its end given.
func (b *bounded) skip() error {
	escaped := b.backslashes%2 == 1
	var piece [4 << 10]byte
	for {
		n, err := b.read(piece[:])
		for i, c := range piece[:n] {
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '"':
				b.rest = append(b.completion(), piece[i:n]...)
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

// completion returns what completes an escape that was given in part.
func (b *bounded) completion() []byte {
	if b.backslashes%2 == 1 {
		return []byte(`\`)
	}
	if i := bytes.LastIndex(b.tail[:], []byte(`\u`)); i >= 0 {
		return bytes.Repeat([]byte("0"), i+len(`\u1234`)-len(b.tail))
	}
	return nil
}
