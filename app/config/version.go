package config

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// version is a set of settings that is or was in force. It does not change.
type version struct {
	reading
	// number counts the versions from 1; 0 while the Parameter Store has not
	// answered.
	number int
	// content is the number of the version that first held these settings: after
	// a rollback it is less than number.
	content int
	at      time.Time
	cause   string
}

// Change is a setting that became another one. None of its texts holds a secret.
type Change struct {
	// Version is the version that brought it, At when it came into force and
	// Cause by what: "parameter store", "reload" or "rollback".
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	Cause   string    `json:"cause"`
	// Variable is the setting's name, Before and After what it was and is.
	Variable string `json:"variable"`
	Before   string `json:"before"`
	After    string `json:"after"`
	// From and To are where the values came from.
	From setting.Source `json:"from"`
	To   setting.Source `json:"to"`
}

// changesKept is how many changes are remembered.
const changesKept = 50

// changesBetween returns what differs between two versions, in the table's order.
func changesBetween(before, after *version) []Change {
	var changes []Change
	for i, v := range Variables() {
		if !v.Same(&before.settings, &after.settings) {
			was, is := before.Entries[i], after.Entries[i]
			changes = append(changes, Change{
				Version: after.number, At: after.at, Cause: after.cause,
				Variable: v.Name, Before: was.Value, After: is.Value, From: was.Source, To: is.Source,
			})
		}
	}
	return changes
}

// same says whether two readings have the same settings, wherever they came from.
func (r *reading) same(other *reading) bool {
	for _, v := range Variables() {
		if !v.Same(&r.settings, &other.settings) {
			return false
		}
	}
	return true
}

// wantsParameters says whether there is something that the Parameter Store might
// say and the environment does not.
func (r *reading) wantsParameters() bool {
	if !r.settings.UseParameterStore {
		return false
	}
	for i, v := range Variables() {
		if v.Path != "" && r.Entries[i].Source != setting.FromEnvironmentVariable {
			return true
		}
	}
	return false
}
