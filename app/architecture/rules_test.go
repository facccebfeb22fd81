package architecture

import "testing"

// pure are the packages that every program may share: they compute and nothing
// else.
var pure = []string{
	module + "domain/action",
	module + "domain/alexa",
	module + "domain/capability",
	module + "domain/exposure",
	module + "domain/fault",
	module + "domain/foreign",
	module + "domain/home",
	module + "domain/naming",
	module + "domain/offer",
	module + "domain/perform",
	module + "domain/phrase",
	module + "domain/secret",
	module + "domain/setting",
	module + "domain/skill",
}

// rules are what .go-arch-lint.yml cannot say.
var rules = []rule{
	{
		of:     []string{module + "domain/..."},
		except: []string{module + "domain/alexa/alexatest"},
		never: []ban{
			{module + "adapters/...", "adapters are chosen when all is put together: the domain asks for ports"},
			{module + "app/...", "the app is made of the domain, not the other way about"},
			{module + "cmd/...", "programs are made of the domain, not the other way about"},
			{"go.uber.org/fx/...", "only app/wiring and cmd know how things are put together"},
			{"go.uber.org/zap/...", "the domain returns what went wrong: it logs nothing"},
			{"net/http/...", "the domain decides, adapters talk"},
		},
	},
	{
		of:     []string{module + "domain/..."},
		except: []string{module + "domain/alexa/alexatest"},
		own:    true,
		never: []ban{
			{"os/...", "the domain has no surroundings: what it needs of them is handed to it"},
			{"syscall/...", "the domain runs anywhere"},
			{"log/...", "the domain returns what went wrong: it logs nothing"},
		},
	},
	{
		// Settings hold URLs and headers: how they are written is no matter of a network.
		of:     []string{module + "domain/..."},
		except: []string{module + "domain/alexa/alexatest", module + "domain/setting"},
		own:    true,
		never:  []ban{{"net/...", "the domain has no network: it asks for ports"}},
	},
	{
		of:  []string{module + "domain/setting"},
		own: true,
		never: []ban{
			{"net", "the domain has no network: it asks for ports"},
			{"net/netip", "the domain has no network: it asks for ports"},
		},
	},
	{
		of: []string{module + "cmd/..."},
		never: []ban{
			{module + "domain/alexa/alexatest", "it is for tests, and brings a schema validator with it"},
			{module + "ports/portstest", "it is for tests"},
			{"github.com/santhosh-tekuri/jsonschema/...", "it is for tests"},
			{"testing/...", "it adds flags and weight that only tests need"},
		},
	},
	{
		of: []string{module + "cmd/engine", module + "cmd/failsafe"},
		never: []ban{
			{"text/template/...", "it keeps the linker from leaving out unused methods: 7 MB more to load at each cold start"},
			{"html/template", "as text/template, and more"},
			{"net/rpc/...", "aws-lambda-go brings it unless it is built with the tag lambda.norpc: 5 MB"},
			{"github.com/spf13/cobra/...", "command lines are for cmd/lee"},
			{module + "adapters/demohome", "the demo house is for cmd/lee and tests"},
			{module + "adapters/lambdaapi", "the local Lambda is for cmd/lee and tests"},
		},
	},
	{
		// When all else is broken the failsafe must not be: it shares what is
		// pure, and has its own plain way to do the rest.
		of: []string{module + "cmd/failsafe"},
		only: append([]string{
			"github.com/aws/aws-lambda-go/...",
			// What signing one request to the Parameter Store needs.
			"github.com/aws/aws-sdk-go-v2/aws/...",
			"github.com/aws/aws-sdk-go-v2/internal/...",
			"github.com/aws/smithy-go/...",
			// It carries out what the domain decides, on the home that it is handed.
			module + "domain/perform",
		}, pure...),
		never: []ban{
			{module + "adapters/...", "a fault in an adapter may be why the failsafe runs"},
			{module + "app/...", "a fault in the app may be why the failsafe runs"},
			{module + "ports/...", "what is behind a port is an adapter"},
			{"github.com/aws/aws-sdk-go-v2/service/...", "a client costs its start and its weight: one signed request does"},
			{"go.uber.org/...", "fx and zap are the engine's: the failsafe is wired by hand and logs plainly"},
		},
	},
	{
		// Each invocation of each mode starts with it.
		of:   []string{module + "cmd/bootstrap"},
		own:  true,
		only: []string{"io", "os", "path/filepath", "strconv", "strings", "syscall", "time"},
	},
	{
		of: []string{module + "cmd/bootstrap"},
		never: []ban{
			{module + "...", "it must start whatever is broken elsewhere"},
			{"encoding/...", "it has nothing to read or write"},
			{"fmt", "it brings reflection, and twice the size"},
			{"net/...", "it talks to nobody"},
			{"reflect", "it brings twice the size"},
		},
	},
}

func TestRules(t *testing.T) {
	g := load(t, root(t), false)
	for _, r := range rules {
		for _, v := range r.check(g) {
			t.Error(v)
		}
		for _, pattern := range r.stale(g) {
			t.Errorf("a rule names %s, and there is no such package: adapt the rule", pattern)
		}
	}
}

// TestStale proves that a rule about a package that is gone is noticed.
func TestStale(t *testing.T) {
	g := graph{"a": {}, "b/c": {}}
	r := rule{of: []string{"a", "a/b"}, except: []string{"b/..."}, never: []ban{{"c/...", "because"}}, only: []string{"b"}}
	got := r.stale(g)
	if want := []string{"a/b", "b", "c/..."}; len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %q, want %q", got, want)
	}
}
