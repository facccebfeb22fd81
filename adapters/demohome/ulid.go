package demohome

import (
	"math/rand/v2"
	"time"
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// ulid returns a new identifier in the form of Home Assistant's contexts: 48
// bits of time in milliseconds and 80 of chance, in Crockford's base 32
// (https://github.com/ulid/spec).
func ulid(at time.Time) string {
	var id [26]byte
	ms := uint64(at.UnixMilli())
	for i := 9; i >= 0; i-- {
		id[i] = crockford[ms&31]
		ms >>= 5
	}
	chance := rand.Uint64() //nolint:gosec // names a context, keeps no secret
	for i := 10; i < 26; i++ {
		if i == 18 {
			chance = rand.Uint64() //nolint:gosec // as above
		}
		id[i] = crockford[chance&31]
		chance >>= 5
	}
	return string(id[:])
}
