package demohome

import "time"

// Options say what a house is like. The zero value is a house with every thing
// of its own, open to DefaultToken.
type Options struct {
	// Token is the administrator's long-lived access token; DefaultToken if
	// empty.
	Token string
	// UserToken is a token of a user without administrator's rights; none if
	// empty.
	UserToken string
	// Clock tells the time that states and contexts carry; time.Now if nil. It
	// is called from several goroutines.
	Clock func() time.Time
	// Latency is how long every HTTP request waits before it is looked at.
	Latency time.Duration
	// Second is how long a second of the house lasts: a bolt takes two of them,
	// a blind one for each ten per cent, an alarm panel five to arm. 50 ms if
	// zero; time.Second is as slow as Home Assistant's own demo. Timers
	// (timer.pizza) run by real seconds all the same.
	Second time.Duration
	// Late are entities that report a change only after a while, as most radio
	// devices do: the call returns before, and the state is the old one until
	// then. light.hall_lamp is 400 ms late by itself; zero makes it prompt.
	Late map[string]time.Duration
	// ExternalURL is what the house says is its address on the internet; none if
	// empty.
	ExternalURL string
	// OwnAlexa says that the house's configuration has `alexa:`, so that its cameras
	// that stream can be seen over WebRTC, too.
	OwnAlexa bool
	// BanAfter is after how many wrong tokens an address is refused with 403
	// whatever it brings; never if zero (Home Assistant's default).
	BanAfter int
	// Observer is told of everything that happens, in order and after it did;
	// nobody if nil. It may call the house.
	Observer func(Event)
}

// DefaultToken is the token of a house that was given none.
const DefaultToken = "demo-house-token"

// version is the Home Assistant that the answers are modelled on.
const version = "2026.11.0"

func (o Options) withDefaults() Options {
	if o.Token == "" {
		o.Token = DefaultToken
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Second == 0 {
		o.Second = 50 * time.Millisecond
	}
	return o
}
