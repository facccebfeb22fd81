package homeassistant

import (
	"context"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/foreign"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// inspector looks at states that were read, as closely as its level says. It changes
// nothing of them: what cannot be used was left out when they were read, and what has
// a strange value is dealt with by its user. The zero inspector looks at
// nothing.
type inspector struct {
	level  ports.Validation
	looked func(ctx context.Context, states int, flaws []ports.Flaw)
	filter foreign.Filter
}

// Inspect has all states that the client reads be looked at. looked is told how many
// they were and what is wrong with them, with the context of the call that read them;
// it must be safe for concurrent use. Inspect is called before the client is used.
func (c *Client) Inspect(level ports.Validation, looked func(ctx context.Context, states int, flaws []ports.Flaw)) {
	c.inspector = inspector{level, looked, c.known}
}

// longestState is how many characters a state has at most
// (https://developers.home-assistant.io/docs/core/entity#changing-the-entity-model,
// MAX_LENGTH_STATE_STATE).
const longestState = 255

// kind is what an attribute's value has to be.
type kind struct {
	is func(home.Value) bool
	// problem is what it is called when it is not.
	problem string
}

var (
	aText   = kind{func(v home.Value) bool { _, ok := v.Text(); return ok }, "is no text"}
	aFlag   = kind{func(v home.Value) bool { _, ok := v.Flag(); return ok }, "is neither true nor false"}
	aNumber = kind{func(v home.Value) bool { _, ok := v.Number(); return ok }, "is no number"}
	aList   = kind{func(v home.Value) bool { return v.Equal(home.List(v.Items()...), 0) }, "is no list"}
)

// upTo is a number from 0 to most. Integrations compute: what is past an end by a
// hundredth is at the end.
func upTo(most float64) kind {
	slack := most / 100
	return kind{func(v home.Value) bool {
		f, ok := v.Number()
		return ok && f >= -slack && f <= most+slack
	}, "is not a number of its range"}
}

// kinds are those of attributes that mean the same whatever has them.
var kinds = map[string]kind{
	home.AttrFriendlyName:        aText,
	home.AttrSupportedFeatures:   upTo(1 << 31),
	home.AttrAssumedState:        aFlag,
	home.AttrBrightness:          upTo(255),
	home.AttrColorTempKelvin:     upTo(100_000),
	home.AttrMaxColorTempKelvin:  upTo(100_000),
	home.AttrMinColorTempKelvin:  upTo(100_000),
	home.AttrHSColor:             aList,
	home.AttrSupportedColorModes: aList,
	home.AttrCurrentPosition:     upTo(100),
	home.AttrCurrentTiltPosition: upTo(100),
	home.AttrOscillating:         aFlag,
	home.AttrPercentage:          upTo(100),
	home.AttrPercentageStep:      upTo(100),
	home.AttrPresetModes:         aList,
	home.AttrAvailableModes:      aList,
	home.AttrCurrentHumidity:     upTo(100),
	home.AttrHumidity:            upTo(100),
	home.AttrCurrentTemperature:  aNumber,
	home.AttrTargetTempHigh:      aNumber,
	home.AttrTargetTempLow:       aNumber,
	home.AttrMaxTemp:             aNumber,
	home.AttrMinTemp:             aNumber,
	home.AttrFanModes:            aList,
	home.AttrHVACModes:           aList,
	home.AttrSwingModes:          aList,
	home.AttrOperationList:       aList,
	home.AttrSoundModeList:       aList,
	home.AttrSourceList:          aList,
	home.AttrVolumeLevel:         upTo(1),
	home.AttrVolumeMuted:         aFlag,
	home.AttrActivityList:        aList,
	home.AttrFanSpeedList:        aList,
	home.AttrBatteryLevel:        upTo(100),
	home.AttrOptions:             aList,
	home.AttrEventTypes:          aList,
}

// look looks at states.
func (i inspector) look(ctx context.Context, states ...home.State) {
	if i.looked == nil || i.level < ports.ValidateStandard {
		return
	}
	var flaws []ports.Flaw
	filter := i.filter.And(ports.Bearer(ctx))
	for n := range states {
		s := &states[n]
		entity := string(s.ID)
		if !s.ID.Valid() {
			entity = filter.Text(entity)
		}
		note := func(member, problem string) {
			flaws = append(flaws, ports.Flaw{Entity: entity, Member: member, Problem: problem})
		}
		inspectState(s, note)
		if i.level < ports.ValidateComprehensive {
			continue
		}
		for _, field := range s.Attributes {
			if k, ok := kinds[field.Name]; ok && !k.is(field.Value) {
				note(field.Name, k.problem)
			}
		}
	}
	i.looked(ctx, len(states), flaws)
}

func inspectState(s *home.State, note func(member, problem string)) {
	if !s.ID.Valid() {
		note("entity_id", "is none that Home Assistant would give")
	}
	if utf8.RuneCountInString(s.Value) > longestState {
		note("state", "is longer than a state may be")
	}
	switch {
	case s.Updated.IsZero():
		note("last_updated", "is no time")
	case s.Changed.After(s.Updated):
		note("last_changed", "is after last_updated")
	}
}
