package setting

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// codes are the codes of locks and alarm panels: "entity=code", with commas or line breaks
// between them, or an object in JSON.
var codes = Kind{
	Allowed: `entities of the domains lock and alarm_control_panel with their codes ("lock.front_door=1234, alarm_control_panel.home=5678"), ` +
		`an object in JSON ({"lock.front_door": "1234"}), or the path of a file that holds them`,
	Parse: parseCodes,
	Show: func(value any) string {
		m, _ := value.(map[home.EntityID]secret.Text)
		shown := make([]string, 0, len(m))
		for _, id := range slices.Sorted(maps.Keys(m)) {
			shown = append(shown, string(id)+"="+m[id].String())
		}
		return strings.Join(shown, ", ")
	},
}

func parseCodes(text string) (any, error) {
	m := map[home.EntityID]secret.Text{}
	if strings.HasPrefix(text, "{") {
		return m, eachText(text, "pair", func(id, code string) error { return addCode(m, id, code) })
	}
	return m, codesOfPairs(m, text)
}

func codesOfPairs(m map[home.EntityID]secret.Text, text string) error {
	n := 0
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == '\n' }) {
		if pair = strings.TrimSpace(pair); pair == "" {
			continue
		}
		n++
		id, code, ok := strings.Cut(pair, "=")
		if !ok {
			return fmt.Errorf("has no equals sign in pair %d", n)
		}
		if err := addCode(m, id, code); err != nil {
			return fmt.Errorf("%w (pair %d)", err, n)
		}
	}
	return nil
}

// coded are the domains whose services take a code.
var coded = []string{"alarm_control_panel", "lock"}

// addCode adds a code. The error does not repeat what was written: it may be the
// code.
func addCode(m map[home.EntityID]secret.Text, name, code string) error {
	id, valid := home.ParseEntityID(strings.TrimSpace(name))
	code = strings.TrimSpace(code)
	switch _, twice := m[id]; {
	case !valid || !slices.Contains(coded, id.Domain()):
		return errors.New("has a code for what is neither a lock nor an alarm panel")
	case code == "" || strings.ContainsFunc(code, unicode.IsControl):
		return errors.New("has a code that is empty or holds control characters")
	case twice:
		return errors.New("has two codes for the same entity")
	}
	m[id] = secret.New(code)
	return nil
}
