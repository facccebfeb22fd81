package batch

import (
	"fmt"
	"strings"
)

// Mistake is what is wrong with one item of a batch.
type Mistake struct {
	// Item is the item's place, counted from 0; -1 where it is the batch itself.
	Item int
	// Text says what is wrong, without the item: a part of a sentence.
	Text string
}

// String returns "item 3: ...", or the text alone where it is the batch itself.
func (m Mistake) String() string {
	if m.Item < 0 {
		return m.Text
	}
	return fmt.Sprintf("item %d: %s", m.Item, m.Text)
}

// Mistakes are all that is wrong with a batch. Nothing of it was done.
type Mistakes []Mistake //nolint:errname // what it is, and not only an error

// Error returns all of them.
func (ms Mistakes) Error() string { return strings.Join(ms.Texts(), "; ") }

// Texts returns each of them as Mistake.String does.
func (ms Mistakes) Texts() []string {
	texts := make([]string, len(ms))
	for i, m := range ms {
		texts[i] = m.String()
	}
	return texts
}

// shown clips what somebody sent.
func shown[T ~string](s T) string {
	const most = 64
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
