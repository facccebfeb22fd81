package capability

import (
	"math"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// mostSeek is Alexa's limit of positions and of jumps: a day, in milliseconds.
const mostSeek = 86_400_000

// seekTolerance is how far a player may be off where it was sent, in seconds: it
// plays on meanwhile.
const seekTolerance = 3

// positionProperty is the one property of Alexa.SeekController. It is told in
// the answer to a directive only, in a form of its own.
const positionProperty = "positionMilliseconds"

// seekReport is the payload of the event that answers Alexa.SeekController.
type seekReport struct {
	Properties []seekProperty `json:"properties"`
}

type seekProperty struct {
	Name  string `json:"name"`
	Value int    `json:"value"`
}

// seek is Alexa.SeekController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-seekcontroller.html).
func seek() Interface {
	return Interface{
		Namespace: alexa.SeekController,
		Supports:  func(v View) bool { return v.State.Has(home.MediaSeek) },
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.SeekController, positionProperty)
			c.Properties.Retrievable = false
			return c
		},
		Directives: map[string]Action{
			// Home Assistant only takes positions as they shall be.
			"AdjustSeekPosition": {
				NeedsState: true, Plan: adjustSeek,
				Success: &SuccessEvent{alexa.SeekController, alexa.NameStateReport, seekPosition},
			},
		},
	}
}

func adjustSeek(r Request) (action.Plan, error) {
	delta, err := number(r, "deltaPositionMilliseconds", -mostSeek, mostSeek)
	if err != nil {
		return action.Plan{}, err
	}
	now, ok := positionOf(r.State, r.Now)
	if !ok {
		return action.Plan{}, fault.New(fault.NotNow, "The player does not say where it is in what it plays.")
	}
	position := max(now+delta/1000, 0)
	if duration, ok := r.State.Number(home.AttrMediaDuration); ok && duration > 0 {
		position = min(position, duration)
	}
	position = min(math.Round(position), mostSeek/1000)
	// Half of the jump at most: where it was must not count as there.
	there := action.NumberIs(home.AttrMediaPosition, position, min(seekTolerance, math.Abs(position-now)/2))
	return action.Plan{
		Call:  home.CallOn(r.ID(), "media_player", "media_seek", home.Field{Name: "seek_position", Value: home.Number(position)}),
		Wants: []action.Want{there},
	}, nil
}

// seekPosition is the payload of the event that answers: where the player is now, or
// was sent where it does not say.
func seekPosition(after View, plan action.Plan, _ string) any {
	seconds, ok := after.State.Number(home.AttrMediaPosition)
	if !ok {
		seconds, _ = plan.Wants[0].Values[0].Number()
	}
	return seekReport{[]seekProperty{{positionProperty, int(min(max(seconds*1000, 0), mostSeek))}}}
}

// positionOf returns where a player is in what it plays, in seconds. The home
// writes the position down when something happens and not while it plays, so
// what has passed since is added.
func positionOf(s home.State, now time.Time) (seconds float64, ok bool) {
	seconds, ok = s.Number(home.AttrMediaPosition)
	if !ok {
		return 0, false
	}
	at, err := time.Parse(time.RFC3339, s.Text(home.AttrMediaPositionAt))
	if err == nil && s.Value == "playing" && now.After(at) {
		seconds += now.Sub(at).Seconds()
	}
	return max(seconds, 0), true
}
