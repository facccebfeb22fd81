package doctor

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/invocation"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// grave are the settings without which LEE cannot work as it was meant to; in the
// place of the others a default does for a while.
var grave = []string{
	"HOME_ASSISTANT_URL", "HOME_ASSISTANT_TOKEN", "HOME_ASSISTANT_HEADERS", "HOME_ASSISTANT_CA",
	"HOME_ASSISTANT_CLIENT_CERT", "HOME_ASSISTANT_CLIENT_KEY", "HA_EXPOSE", "PARAMETER_PREFIX",
}

// settings returns what is to be known of the settings. failed is why the
// Parameter Store has never been read, nil when it has.
func (d *Doctor) settings(s config.Settings, r config.Report, failed error) checkup.Settings {
	seen := checkup.Settings{
		URL: s.Access.URL, Disabled: !s.HomeEnabled, Mode: s.Mode.String(), NoSmartHome: !s.Features.Has(setting.FeatureAlexa),
		Region: d.Region, Token: tokenOf(s.Access.Token), Unverified: s.Access.Unverified, Unknown: d.unknown(),
	}
	var exposed []string
	fromStore := 0
	for _, e := range r.Settings {
		if e.Source == setting.FromDefault {
			continue
		}
		seen.Given++
		if e.Variable == "HA_LOCALE" {
			seen.Locale = s.Terms.House.Locale
		}
		if e.Source == setting.FromParameterStore {
			if fromStore++; e.Note != "" {
				exposed = append(exposed, e.Origin)
			}
		}
	}
	for _, m := range slices.Concat(r.Mistakes, r.Refused) {
		where := m.Origin
		if m.Value != "" {
			where += " (" + m.Value + ")"
		}
		seen.Mistakes = append(seen.Mistakes, checkup.Mistake{
			Setting: where, Problem: m.Problem, Allowed: m.Allowed, Taken: m.Taken, Grave: slices.Contains(grave, m.Variable),
		})
	}
	if r.Store != nil {
		seen.Store = &checkup.Store{Prefix: r.Store.Prefix, Failure: r.Store.Failure, Taken: fromStore, Unknown: r.Store.Unknown, Clear: exposed}
		if failed != nil {
			seen.Store.Failure = fault.Text(failed)
		}
	}
	if found := invocation.Check(s.AssistantName, s.Terms.House.Locale); found != nil {
		seen.NameProblem, seen.NameProposal = found[0].Sentence, found[0].Proposal
	}
	return seen
}

// likeOurs are how the names of LEE's variables begin, and how people think they
// do.
var likeOurs = []string{"HOME_ASSISTANT_", "HOMEASSISTANT_", "HA_", "LUGS_"}

// unknown returns the variables that look like LEE's and are not.
func (d *Doctor) unknown() []string {
	if d.Environ == nil {
		return nil
	}
	known := map[string]bool{}
	for _, v := range config.Variables() {
		for _, name := range append([]string{v.Name}, v.Aliases...) {
			known[name] = true
		}
	}
	var names []string
	for _, variable := range d.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if !known[name] && slices.ContainsFunc(likeOurs, func(begin string) bool { return strings.HasPrefix(name, begin) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// tokenOf looks at a token's shape: Home Assistant's are JSON Web Tokens, which
// say when they end (RFC 7519, section 4.1.4). Whether it is good is the home's to
// say.
func tokenOf(token secret.Text) checkup.Token {
	if token.Empty() {
		return checkup.Token{}
	}
	seen := checkup.Token{Given: true, Odd: true}
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return seen
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return seen
	}
	var claims struct {
		Ends float64 `json:"exp"`
	}
	if json.Unmarshal(raw, &claims) != nil {
		return seen
	}
	seen.Odd = false
	if claims.Ends > 0 {
		seen.Expires = time.Unix(int64(claims.Ends), 0)
	}
	return seen
}
