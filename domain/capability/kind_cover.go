package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func covers() Kind {
	return Kind{
		Domain:   "cover",
		Category: coverCategory,
		Interfaces: []Interface{
			coverPower(), coverPosition().face(), coverMode().face(), coverTilt().face(), coverStop(), health(),
		},
		Manner: action.Manner{Care: coverCare},
	}
}

var (
	coverTravel = travel{
		domain: "cover", open: "open_cover", close: "close_cover",
		set: "set_cover_position", field: "position", attribute: home.AttrCurrentPosition,
	}
	slatTravel = travel{
		domain: "cover", open: "open_cover_tilt", close: "close_cover_tilt",
		set: "set_cover_tilt_position", field: "tilt_position", attribute: home.AttrCurrentTiltPosition, hidden: true,
	}
)

// coverCategories are Alexa's categories for Home Assistant's device classes
// (components/cover).
var coverCategories = map[string]alexa.DisplayCategory{
	"garage": alexa.CategoryGarageDoor, "gate": alexa.CategoryGarageDoor, "door": alexa.CategoryDoor,
	"blind": alexa.CategoryInteriorBlind, "shade": alexa.CategoryInteriorBlind, "curtain": alexa.CategoryInteriorBlind,
	"window": alexa.CategoryExteriorBlind, "awning": alexa.CategoryExteriorBlind, "shutter": alexa.CategoryExteriorBlind,
}

func coverCategory(v View) alexa.DisplayCategory {
	if category, ok := coverCategories[v.State.Text(home.AttrDeviceClass)]; ok {
		return category
	}
	return alexa.CategoryOther
}

// opensByPIN says whether Alexa asks for a PIN before a cover is opened: it does so
// for its category of garage doors.
func opensByPIN(v View) bool { return coverCategory(v) == alexa.CategoryGarageDoor }

// coverCare is patient with doors, garage doors and gates: they move for longer than
// Alexa waits.
func coverCare(s home.State) action.Care {
	if s.GuardsHouse() {
		return action.Patient
	}
	return action.Trusting
}

// coverPower turns covers on and off, which opens and closes them. Covers that open
// by a PIN are left out: Alexa does not ask for it when one is to be turned on. So
// both directives read first, or an old routine would open a garage.
func coverPower() Interface {
	i := power(switching{supports: func(v View) bool {
		return !opensByPIN(v) && (!onlyTilts(v.State) || tilts(v.State))
	}})
	i.Read = func(v View) []Reading {
		open, known := isOpen(v.State)
		if !known {
			return nil
		}
		return powerState(open)
	}
	i.Directives = map[string]Action{
		"TurnOn":  {NeedsState: true, Plan: turnCover(100)},
		"TurnOff": {NeedsState: true, Plan: turnCover(0)},
	}
	return i
}

func turnCover(position float64) func(Request) (action.Plan, error) {
	return func(r Request) (action.Plan, error) {
		if onlyTilts(r.State) {
			return slatTravel.to(r.ID(), position), nil
		}
		return coverTravel.to(r.ID(), position), nil
	}
}

// onlyTilts says whether a cover can move nothing but its slats.
func onlyTilts(s home.State) bool {
	return !s.Has(home.CoverOpen) && !s.Has(home.CoverClose) && !s.Has(home.CoverSetPosition)
}

// tilts says whether a cover can move its slats.
func tilts(s home.State) bool {
	return s.Has(home.CoverOpenTilt) || s.Has(home.CoverCloseTilt) || s.Has(home.CoverSetTiltPosition)
}

// isOpen says whether a cover is open at least a little, as one is that moves;
// known is false when the home does not say.
func isOpen(s home.State) (open, known bool) {
	position, told := s.Number(home.AttrCurrentPosition)
	if onlyTilts(s) {
		position, told = s.Number(home.AttrCurrentTiltPosition)
	}
	switch {
	case slices.Contains(inMotion, s.Value):
		return true, true
	case told:
		return position > 0, true
	default:
		return s.Value == stateOpen, atEnd(s) != ""
	}
}

func coverPosition() ranged {
	g := coverTravel.ranged("cover.position", home.CoverSetPosition)
	atEnd := func(position float64) bool { return position == 0 || position == 100 }
	g.setReadsFor = atEnd
	g.set = func(r Request, position float64) (action.Plan, error) {
		plan := coverTravel.to(r.ID(), position)
		if atEnd(position) { // the way to a position between has no button
			plan = unlessThere(r.State, plan)
		}
		return plan, nil
	}
	g.names = []phrase{wordPosition, assetOpening}
	g.semantics = func(s home.State) *alexa.Semantics {
		lower, upper, states := coverWords(s)
		return rangeWords(lower, upper, states)
	}
	return g
}

// unlessThere returns the plan, or one that sends nothing to a garage door or gate that
// is where it should be, or on its way there. Openers with one button go the other way
// when they are told again: "close" would open the garage without a PIN. It needs a
// state that the home knows and does not merely assume.
func unlessThere(s home.State, plan action.Plan) action.Plan {
	told := s.Available() && s.Value != home.Unknown && !s.Flag(home.AttrAssumedState)
	if told && s.GuardsHouse() && plan.Reached(s) {
		return kept(s)
	}
	return plan
}

func coverTilt() ranged {
	g := slatTravel.ranged("cover.tilt", home.CoverSetTiltPosition)
	g.names = []phrase{wordTilt, wordAngle, assetDirection}
	g.semantics = func(home.State) *alexa.Semantics { return rangeWords([]string{"Close"}, []string{"Open"}, true) }
	return g
}

// coverMode is for covers that open and close and know no position between.
func coverMode() moded {
	const prefix, custom = "position", "custom"
	return moded{
		instance: "cover.position",
		prefix:   prefix,
		names:    []phrase{wordPosition, assetOpening},
		supports: func(v View) bool {
			return !v.State.Has(home.CoverSetPosition) && (v.State.Has(home.CoverOpen) || v.State.Has(home.CoverClose))
		},
		fixed: func(home.State) []fixedMode {
			// The last one is Home Assistant's, and stops the cover.
			return append(openAndClosed(), fixedMode{custom, []phrase{wordCustom, assetPreset}})
		},
		semantics: func(s home.State) *alexa.Semantics {
			lower, upper, states := coverWords(s)
			return modeWords(prefix, lower, upper, states)
		},
		read: atEnd,
		// Whether it is a garage door that is there already shows in the state alone.
		setReads: true,
		set: func(r Request, mode string) (action.Plan, error) {
			if plan, ok := coverTravel.ends(r.ID(), mode); ok {
				return unlessThere(r.State, plan), nil
			}
			return stopCover(r)
		},
	}
}

// coverWords returns the words that move a cover down and up. Where its slats
// can be set, open and close are about these.
func coverWords(s home.State) (lower, upper []string, states bool) {
	if s.Has(home.CoverSetTiltPosition) {
		return []string{"Lower"}, []string{"Raise"}, false
	}
	return []string{"Lower", "Close"}, []string{"Raise", "Open"}, true
}
