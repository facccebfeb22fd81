package setting

import (
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestStore has the Parameter Store in each state: what guards something is closed while the
// store does not answer, and a check waits for an answer that is still to come.
func TestStore(t *testing.T) {
	env := map[string]string{"USE_PARAMETER_STORE": "true", "HA_VOICE_DISARM": "true", "HOME_ASSISTANT_ENABLED": "true"}
	const guarded = "may be in the Parameter Store, which does not answer"
	for _, c := range []struct {
		store      Store
		parameters map[string]Parameter
		noUnlock   bool
		mistakes   []string // variable and problem
	}{
		{StoreUnread, nil, false, nil},
		{StoreRead, nil, false, []string{"HOME_ASSISTANT_URL is not set, and HOME_ASSISTANT_ENABLED is true"}},
		{StoreRead, map[string]Parameter{"homeassistant/url": {secret.New("http://home"), "String"}}, false, nil},
		{StoreRead, map[string]Parameter{"homeassistant/url": {secret.New("http://home"), "StringList"}}, false, []string{
			"HOME_ASSISTANT_URL is a StringList, which this setting is not",
		}},
		{StoreFailed, nil, true, []string{
			"HA_EXPOSE " + guarded, "HA_VOICE_UNLOCK " + guarded, "HOME_ASSISTANT_URL is not set, and HOME_ASSISTANT_ENABLED is true",
		}},
	} {
		var h Home
		r := HomeTable().Read(&h, Sources{
			Environment: Environment{Lookup: func(name string) (string, bool) { value, ok := env[name]; return value, ok }},
			Parameters:  c.parameters, Store: c.store,
		})
		var got []string
		for _, m := range r.Mistakes {
			got = append(got, m.Variable+" "+m.Problem)
		}
		if !slices.Equal(got, c.mistakes) {
			t.Errorf("with the store %d and %v the mistakes are %q, want %q", c.store, c.parameters, got, c.mistakes)
		}
		if h.Terms.House.NoUnlock != c.noUnlock || h.Terms.House.NoDisarm {
			t.Errorf("with the store %d the house is %+v", c.store, h.Terms.House)
		}
		if i := slices.IndexFunc(r.Entries, func(e Entry) bool { return e.Variable == "HA_VOICE_UNLOCK" }); r.Entries[i].Value == "true" == c.noUnlock {
			t.Errorf("with the store %d the entry is %+v", c.store, r.Entries[i])
		}
	}
}
