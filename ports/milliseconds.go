package ports

import (
	"strconv"
	"time"
)

// Milliseconds is a duration that JSON shows in milliseconds, to the microsecond.
type Milliseconds time.Duration

// MarshalJSON implements json.Marshaler.
func (m Milliseconds) MarshalJSON() ([]byte, error) {
	rounded := time.Duration(m).Round(time.Microsecond)
	return strconv.AppendFloat(nil, float64(rounded)/float64(time.Millisecond), 'f', -1, 64), nil
}
