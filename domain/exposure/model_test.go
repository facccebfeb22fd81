package exposure

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// The model goes through the rules from the first to the last, keeps what the
// last one said, and asks of what nobody knows what would be if it were so, or
// not.

var (
	domains = []string{"light", "lock", "sensor"}
	names   = []string{"hall", "hall_lamp", "a", "ab"}
	areas   = []string{"", "kitchen", "hall"}
	labels  = []string{"alexa", "guests"}
)

func drawEntry(t *rapid.T) home.Entry {
	return home.Entry{
		ID:      home.EntityID(rapid.SampledFrom(domains).Draw(t, "domain") + "." + rapid.SampledFrom(names).Draw(t, "object")),
		Area:    rapid.SampledFrom(areas).Draw(t, "area"),
		Labels:  rapid.SliceOfDistinct(rapid.SampledFrom(labels), rapid.ID).Draw(t, "labels"),
		Exposed: rapid.SampledFrom([]home.Assistant{0, home.Alexa, home.Assist, home.Alexa | home.Assist}).Draw(t, "exposed"),
	}
}

func drawRules(t *rapid.T) []string {
	subjects := []string{"all", "none", "exposed", "exposed:alexa", "exposed:assist", "area:kitchen", "area:Hall", "label:alexa", "label:GUESTS"}
	for _, d := range domains {
		subjects = append(subjects, d, d+".*", d+".hall", d+".h*l*", d+".?", "*."+d, "*."+names[0]+"*")
	}
	rule := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"", "", "+", "-"}).Draw(t, "sign") + rapid.SampledFrom(subjects).Draw(t, "subject")
	})
	return rapid.SliceOfN(rule, 0, 6).Draw(t, "rules")
}

// modelAbout says what a rule is about, the sign left off.
func modelAbout(subject string, e home.Entry) bool {
	switch {
	case subject == "all":
		return true
	case subject == "none":
		return false
	case subject == "exposed":
		return e.Exposed != 0
	case subject == "exposed:alexa":
		return e.Exposed&home.Alexa != 0
	case subject == "exposed:assist":
		return e.Exposed&home.Assist != 0
	case strings.HasPrefix(subject, "area:"):
		return e.Area != "" && strings.EqualFold(e.Area, subject[5:])
	case strings.HasPrefix(subject, "label:"):
		return slices.Contains(e.Labels, strings.ToLower(subject[6:]))
	case !strings.Contains(subject, "."):
		return strings.HasPrefix(string(e.ID), subject+".")
	default:
		return modelMatches(subject, string(e.ID))
	}
}

func modelMatches(pattern, s string) bool {
	expression := regexp.QuoteMeta(pattern)
	expression = strings.ReplaceAll(strings.ReplaceAll(expression, `\*`, `(?s:.*)`), `\?`, `(?s:.)`)
	return regexp.MustCompile(`^(?:` + expression + `)$`).MatchString(s)
}

// needs returns which part of the registries a rule asks.
func needs(subject string) home.Part {
	switch {
	case strings.HasPrefix(subject, "exposed"):
		return home.PartExposure
	case strings.HasPrefix(subject, "area:"):
		return home.PartAreas
	case strings.HasPrefix(subject, "label:"):
		return home.PartLabels
	default:
		return 0
	}
}

// modelIn says whether rules let an entity in. about is what each of them is
// about it.
func modelIn(rules []string, about []bool) (in, named bool) {
	in = !slices.ContainsFunc(rules, func(r string) bool { return r[0] != '-' })
	for i, r := range rules {
		switch {
		case !about[i]:
		case r[0] == '-':
			in, named = false, false
		default:
			in = true
			subject := strings.TrimPrefix(r, "+")
			named = named || r[0] == '+' || strings.Contains(subject, ".") && !strings.ContainsAny(subject, "*?")
		}
	}
	return in, named
}

// TestModel compares the filter with the model, whatever is known.
func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry, rules := drawEntry(t), drawRules(t)
		knows := home.Part(rapid.IntRange(0, int(home.AllParts)).Draw(t, "knows")) | home.PartAreaAliases
		told := entry
		if knows&home.PartAreas == 0 {
			told.Area = ""
		}
		if knows&home.PartLabels == 0 {
			told.Labels = nil
		}
		r := home.NewRegistry(home.SourceWebSocket, knows, []home.Entry{told},
			[]home.Area{{ID: "kitchen", Name: "Kitchen"}, {ID: "hall", Name: "Hall"}},
			[]home.Label{{ID: "alexa", Name: "Alexa"}, {ID: "guests", Name: "Guests"}})
		f, err := Parse(strings.Join(rules, ", "))
		if err != nil {
			t.Fatal(err)
		}
		got := f.Decide(entry.ID, r)

		about := make([]bool, len(rules))
		var doubtful []int
		for i, rule := range rules {
			subject := strings.TrimLeft(rule, "+-")
			about[i] = modelAbout(subject, entry)
			if need := needs(subject); knows&need != need {
				doubtful = append(doubtful, i)
			}
		}
		always, never, named := true, true, true
		for world := range 1 << len(doubtful) {
			for bit, i := range doubtful {
				about[i] = world&(1<<bit) != 0
			}
			in, names := modelIn(rules, about)
			always, never, named = always && in, never && !in, named && names
		}
		if got.In != always || got.In && got.Named != named {
			t.Fatalf("%q: %s is in %v, named %v; the model has %v, %v (doubtful %v)", f, entry.ID, got.In, got.Named, always, named, doubtful)
		}
		if sure := always || never; (got.Unknown < 0) != sure {
			t.Fatalf("%q: %s depends on rule %d; the model is sure: %v", f, entry.ID, got.Unknown, sure)
		}
	})
}

// TestMatches compares patterns with regular expressions.
func TestMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringOfN(rapid.RuneFrom([]rune("ab.*?")), 0, 8, -1).Draw(t, "pattern")
		s := rapid.StringOfN(rapid.RuneFrom([]rune("ab.")), 0, 10, -1).Draw(t, "s")
		if got, want := matches(pattern, s), modelMatches(pattern, s); got != want {
			t.Fatalf("%q matches %q: %v, should be %v", pattern, s, got, want)
		}
	})
}

// FuzzParse wants any text to be a filter or a proper error, and a filter to be
// read again as it is written.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "light", "-a.b, +c.*", "area:x y;label:ü\n# z\nexposed", "!", ":", "+-", "\x00", "*", "a.b.c", "area:\u2028x", "label:#a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		filter, err := Parse(text)
		if err != nil {
			if filter.String() != "none" || strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("%q is %q because of %q", text, filter, err)
			}
			return
		}
		again, err := Parse(filter.String())
		if err != nil || again.String() != filter.String() || len(again.rules) != len(filter.rules) {
			t.Errorf("%q is %q, and that is %q (%v)", text, filter, again, err)
		}
		filter.Admit("light.hall", true, home.Registry{})
	})
}
