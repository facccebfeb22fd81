package checkup

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Thresholds from which something is worth a warning.
const (
	// A certificate that has less than this should have been renewed: Let's Encrypt
	// has its clients do so at 30 days (https://letsencrypt.org/docs/integration-guide/).
	certificateRest = 14 * 24 * time.Hour
	// A token that has less than this should be replaced while there is time.
	tokenRest = 30 * 24 * time.Hour
	// A clock that is as wrong makes tokens and certificates look wrong.
	mostSkew = 30 * time.Second
)

// Oldest is the oldest version of Home Assistant that LEE is made for: labels are
// as old (https://www.home-assistant.io/blog/2024/04/03/release-20244/).
const Oldest = "2024.4"

// Examine says what the facts tell.
func Examine(f Facts) Report {
	e := &examination{Facts: f}
	e.settings()
	if e.Way != nil {
		e.way(*e.Way)
	}
	e.region()
	switch {
	case e.Settings.NoSmartHome:
		e.say("alexa.off")
	case e.Offer != nil:
		e.offer(*e.Offer)
	}
	if e.Settings.URL != "" && !e.Settings.NoSmartHome {
		e.say("alexa.events")
	}
	if e.Way != nil {
		e.speed(*e.Way)
	}
	rows := Rows()
	place := func(f Finding) int { return slices.IndexFunc(rows, func(r Row) bool { return r.ID == f.ID }) }
	slices.SortStableFunc(e.findings, func(a, b Finding) int { return cmp.Compare(place(a), place(b)) })
	r := Report{From: f.From, Home: f.Settings.URL, Findings: e.findings}
	for _, found := range r.Findings {
		r.Verdict = max(r.Verdict, found.Severity)
	}
	return r
}

func (e *examination) settings() {
	s := e.Settings
	if len(s.Mistakes) == 0 && s.Given > 0 {
		e.say("settings.fine", "count", counted(s.Given, "setting"))
	}
	grave := false
	for _, m := range s.Mistakes {
		id := "settings.wrong"
		if m.Grave {
			id, grave = "settings.refused", true
		}
		taken := m.Taken
		if taken == "" {
			taken = "nothing"
		}
		e.say(id, "setting", m.Setting, "problem", m.Problem, "allowed", m.Allowed, "taken", taken)
	}
	if len(s.Unknown) > 0 {
		e.say("settings.unknown", "names", several(s.Unknown))
	}
	unread := s.Store != nil && s.Store.Failure != ""
	switch {
	case s.URL == "" && !grave:
		e.lost(s.Store)
	case s.URL != "" && s.Disabled:
		e.say("settings.off")
	}
	if s.Mode != "" && s.Mode != "normal" {
		e.say("settings.mode", "mode", s.Mode)
	}
	if s.NameProblem != "" {
		e.say("settings.assistant", "problem", s.NameProblem, "proposal", s.NameProposal)
	}
	if s.Store != nil {
		e.store(*s.Store)
	}
	if !unread && s.URL != "" {
		e.token(s.Token)
	}
}

// lost says that there is no URL, by where it could have been. Of a Parameter Store that is
// unread or empty, store says enough.
func (e *examination) lost(s *Store) {
	switch {
	case s == nil && e.From == Function:
		e.say("settings.url.function")
	case s == nil:
		e.say("settings.url")
	case s.Taken > 0:
		e.say("settings.url.store")
	}
}

func (e *examination) store(s Store) {
	switch {
	case s.Failure != "":
		e.say("settings.store.unread", "prefix", s.Prefix, "problem", s.Failure)
		return
	case s.Taken == 0 && e.Settings.URL == "":
		e.say("settings.store.empty", "prefix", s.Prefix)
	default:
		e.say("settings.store", "count", counted(s.Taken, "setting"), "prefix", s.Prefix)
	}
	if len(s.Unknown) > 0 {
		e.say("settings.store.unknown", "names", several(s.Unknown))
	}
	if len(s.Clear) > 0 {
		e.say("settings.store.clear", "names", several(s.Clear))
	}
}

func (e *examination) token(t Token) {
	switch {
	case !t.Given:
		e.say("settings.token.none")
	case t.Odd:
		e.say("settings.token.odd")
	case !t.Expires.IsZero() && !t.Expires.After(e.Now):
		e.say("settings.token.expired", "date", day(t.Expires))
	case !t.Expires.IsZero() && t.Expires.Sub(e.Now) < tokenRest:
		e.say("settings.token.ending", "date", day(t.Expires))
	}
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// long writes a duration as people read it.
func long(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", d.Seconds()*1000)
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1000)
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f minutes", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f hours", d.Hours())
	default:
		return fmt.Sprintf("%.0f days", d.Hours()/24)
	}
}

func count(n int) string { return strconv.Itoa(n) }

// counted writes a number of things: "1 device", "3 devices", "2 entities".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if stem, ok := strings.CutSuffix(what, "y"); ok {
		return count(n) + " " + stem + "ies"
	}
	return count(n) + " " + what + "s"
}
