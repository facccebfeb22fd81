// Package intent is what people can ask of the assistant: the table of LEE's
// intents. The service that serves them and the interaction model that teaches
// them to Alexa both read it, so that neither knows of one that the other does
// not.
//
// What people say differs from language to language and is in the model's sample
// utterances, but for carriers: those are here, since the service puts them back.
package intent

import "strings"

// Intent is one thing that people can ask for.
type Intent struct {
	// Name is its name: the constants of this package. A request and a model have
	// it as Model returns it.
	Name string
	// Slots are what it takes, in the order in which people say them. All of them
	// are optional to Alexa: the service asks for what is missing.
	Slots []Slot
	// Feature is the feature set that it is part of, FeatureNone for those that
	// cannot be left out.
	Feature Feature
	// Builtin says that it is Amazon's own, whose sample utterances are as well.
	Builtin bool
}

// Slot is a word or some words in what people say that the intent is about.
type Slot struct {
	// Name is unique within its intent.
	Name string
	// Type is Amazon's type, or one of ours that is made from the house.
	Type Type
}

// Type is a slot's type. Those of Amazon are described at
// https://developer.amazon.com/en-US/docs/alexa/custom-skills/slot-type-reference.html.
type Type string

// Amazon's types. What Query takes may be anything, and needs words before it in
// a sample utterance and no slot beside it.
const (
	Query    Type = "AMAZON.SearchQuery"
	Number   Type = "AMAZON.NUMBER"
	Duration Type = "AMAZON.DURATION" // ISO 8601, "PT5M"
)

// Our types. Their values are made from the house: a value's id is the entity's
// or the area's id, its name what the house calls it, its synonyms the aliases.
const (
	Automation Type = "LEE_Automation"
	Script     Type = "LEE_Script"
	// Helper has input booleans, buttons, numbers, selects and texts.
	Helper Type = "LEE_Helper"
	// Option has the options of all input selects; its ids are the options.
	Option Type = "LEE_Option"
	// Area has areas and floors; the ids of floors are those of FloorID.
	Area  Type = "LEE_Area"
	Timer Type = "LEE_Timer"
	// Choice has the values of all the others that have an entity or an area for
	// an id: it is the answer when the assistant asks which of two is meant.
	Choice Type = "LEE_Choice"
	// Ordinal has "first" to "fifth", with the ids "1" to "5" (Ordinals).
	Ordinal Type = "LEE_Ordinal"
)

// FloorID returns the id that a floor has among areas: no area's id has a colon.
func FloorID(floor string) string { return "floor:" + floor }

// Feature is a feature set's name as HA_FEATURES has it.
type Feature string

// The features that intents are part of.
const (
	FeatureNone          Feature = ""
	FeatureAutomations   Feature = "automations"
	FeatureScripts       Feature = "scripts"
	FeatureInputHelpers  Feature = "input_helpers"
	FeatureNotifications Feature = "notifications"
	FeatureConversation  Feature = "conversation"
)

// The slots.
const (
	SlotQuery      = "query"
	SlotAutomation = "automation"
	SlotScript     = "script"
	SlotHelper     = "helper"
	SlotNumber     = "number"
	SlotOption     = "option"
	SlotMessage    = "message"
	SlotArea       = "area"
	SlotTimer      = "timer"
	SlotDuration   = "duration"
	SlotOrdinal    = "ordinal"
	SlotChoice     = "choice"
)

// The intents. Those with a carrier are in Carriers.
const (
	// Converse hands its query to the home's conversation agent. It is the intent
	// whose slot is elicited: whatever is said next is its query as a whole.
	Converse = "Converse"

	TriggerAutomation = "TriggerAutomation"
	RunScript         = "RunScript"

	SetHelperNumber = "SetHelperNumber"
	SetHelperOption = "SetHelperOption"
	// SwitchHelperOn also presses an input button.
	SwitchHelperOn  = "SwitchHelperOn"
	SwitchHelperOff = "SwitchHelperOff"

	Announce = "Announce"

	// AreaOn and AreaOff are about everything in an area, LightsOn and LightsOff
	// about its lights; without one it is the area where the Echo stands.
	AreaOn    = "AreaOn"
	AreaOff   = "AreaOff"
	LightsOn  = "LightsOn"
	LightsOff = "LightsOff"

	StartTimer  = "StartTimer"
	CancelTimer = "CancelTimer"
	PauseTimer  = "PauseTimer"
	ResumeTimer = "ResumeTimer"
	TimerLeft   = "TimerLeft"

	// ThisIs tells in which area the Echo stands, WhereAmI asks for it.
	ThisIs   = "ThisIs"
	WhereAmI = "WhereAmI"

	// Continue asks for what the home had not answered in time.
	Continue = "Continue"
	// Choose answers when the assistant has asked which of several is meant.
	Choose = "Choose"

	Help         = "AMAZON.HelpIntent"
	Stop         = "AMAZON.StopIntent"
	Cancel       = "AMAZON.CancelIntent"
	Fallback     = "AMAZON.FallbackIntent"
	Yes          = "AMAZON.YesIntent"
	No           = "AMAZON.NoIntent"
	NavigateHome = "AMAZON.NavigateHomeIntent"
)

// All returns all intents but those of the carriers, in a fixed order. The slice
// is the caller's.
func All() []Intent {
	area := []Slot{{SlotArea, Area}}
	timer := []Slot{{SlotTimer, Timer}}
	helper := Slot{SlotHelper, Helper}
	return []Intent{
		{Name: Converse, Slots: []Slot{{SlotQuery, Query}}, Feature: FeatureConversation},
		{Name: TriggerAutomation, Slots: []Slot{{SlotAutomation, Automation}}, Feature: FeatureAutomations},
		{Name: RunScript, Slots: []Slot{{SlotScript, Script}}, Feature: FeatureScripts},
		{Name: SetHelperNumber, Slots: []Slot{helper, {SlotNumber, Number}}, Feature: FeatureInputHelpers},
		{Name: SetHelperOption, Slots: []Slot{helper, {SlotOption, Option}}, Feature: FeatureInputHelpers},
		{Name: SwitchHelperOn, Slots: []Slot{helper}, Feature: FeatureInputHelpers},
		{Name: SwitchHelperOff, Slots: []Slot{helper}, Feature: FeatureInputHelpers},
		{Name: Announce, Slots: []Slot{{SlotMessage, Query}}, Feature: FeatureNotifications},
		{Name: AreaOn, Slots: area},
		{Name: AreaOff, Slots: area},
		{Name: LightsOn, Slots: area},
		{Name: LightsOff, Slots: area},
		{Name: StartTimer, Slots: []Slot{timer[0], {SlotDuration, Duration}}},
		{Name: CancelTimer, Slots: timer},
		{Name: PauseTimer, Slots: timer},
		{Name: ResumeTimer, Slots: timer},
		{Name: TimerLeft, Slots: timer},
		{Name: ThisIs, Slots: area},
		{Name: WhereAmI},
		{Name: Continue},
		{Name: Choose, Slots: []Slot{{SlotOrdinal, Ordinal}, {SlotChoice, Choice}}},
		{Name: Help, Builtin: true},
		{Name: Stop, Builtin: true},
		{Name: Cancel, Builtin: true},
		{Name: Fallback, Builtin: true},
		{Name: Yes, Builtin: true},
		{Name: No, Builtin: true},
		{Name: NavigateHome, Builtin: true},
	}
}

// suffix is what the names of all intents end in, Amazon's and ours.
const suffix = "Intent"

// Model returns an intent's name as a model and a request have it:
// "RunScriptIntent" for RunScript, Amazon's own as they are.
func Model(name string) string {
	if strings.HasPrefix(name, "AMAZON.") {
		return name
	}
	return name + suffix
}

// Named returns the name of the intent that a request calls model: the other way
// round than Model. It does not say whether there is one of that name.
func Named(model string) string {
	if strings.HasPrefix(model, "AMAZON.") {
		return model
	}
	return strings.TrimSuffix(model, suffix)
}
