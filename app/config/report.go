package config

import (
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// Report is what is known of the settings, for operators. None of its texts
// holds a secret.
type Report struct {
	// Version is the number of the version in force, 0 while the Parameter Store
	// has not answered yet. Content is the number of the version that first held
	// these settings; it differs after a rollback.
	Version int `json:"version"`
	Content int `json:"content"`
	// Since is when it came into force, Cause by what: "start", "parameter store",
	// "reload" or "rollback".
	Since time.Time `json:"since"`
	Cause string    `json:"cause"`
	// Settings are all settings, in the table's order.
	Settings []setting.Entry `json:"settings"`
	// Mistakes are those of the version in force. Refused are those for which the
	// last reading was not taken.
	Mistakes setting.Mistakes `json:"mistakes"`
	Refused  setting.Mistakes `json:"refused,omitempty"`
	// HeldBack is the version that was rolled back from, 0 for none.
	HeldBack int `json:"held_back,omitempty"`
	// Store is the Parameter Store; nil where it is not used.
	Store *StoreReport `json:"parameter_store,omitempty"`
	// Versions are those that can be gone back to, Changes what they changed, the
	// latest last.
	Versions []VersionReport `json:"versions"`
	Changes  []Change        `json:"changes"`
}

// StoreReport is what is known of the Parameter Store.
type StoreReport struct {
	Prefix string `json:"prefix"`
	// Answered is when it last was read; zero for never.
	Answered time.Time `json:"answered,omitzero"`
	// Failure says why it could not be read the last time, "" when it could.
	Failure string `json:"failure,omitempty"`
	// Unknown are parameters below the prefix that mean nothing to LEE.
	Unknown []string `json:"unknown,omitempty"`
}

// VersionReport is one version.
type VersionReport struct {
	Number  int       `json:"number"`
	Content int       `json:"content"`
	At      time.Time `json:"at"`
	Cause   string    `json:"cause"`
}

// Report returns what is known of the settings. It does not ask the Parameter
// Store; the caller may change what it gets.
func (l *Live) Report() Report {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := l.running.Load()
	r := Report{
		Version: v.number, Content: v.content, Since: v.at, Cause: v.cause,
		Settings: slices.Clone(v.Entries),
		Mistakes: slices.Clone(v.Mistakes), Refused: slices.Clone(l.refused),
		Changes: slices.Clone(l.changes),
	}
	if l.held != nil {
		r.HeldBack = l.held.number
	}
	for _, v := range l.versions {
		r.Versions = append(r.Versions, VersionReport{v.number, v.content, v.at, v.cause})
	}
	if v.settings.UseParameterStore {
		r.Store = &StoreReport{Prefix: v.settings.ParameterPrefix, Answered: l.answered, Unknown: slices.Clone(l.unknown)}
		if l.failure != nil {
			r.Store.Failure = fault.Text(l.failure)
		}
	}
	return r
}
