//go:build check

package architecture

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// mutation is a forbidden import.
type mutation struct {
	// of is the folder of the package that gets it, imports what it imports.
	of, imports string
	// byLint and byRules say which check must complain.
	byLint, byRules bool
}

// layers are the imports that no package of a layer may have, whatever packages
// there are: each of the first folders' with each of the others'.
var layers = []struct {
	of, imports     []string
	except          []string
	byLint, byRules bool
}{
	// The domain asks for ports and knows nobody behind them.
	{of: []string{"domain/*"}, imports: []string{"adapters/*", "app/*"}, byLint: true, byRules: true},
	// What is pure asks for nothing.
	{of: []string{"domain/*"}, except: services, imports: append([]string{"ports"}, services...), byLint: true},
	// Services do not know each other, nor does anybody below the app know them.
	{of: append([]string{"ports", "ports/portstest", "adapters/*"}, services...), imports: services, byLint: true},
	// Adapters do not know each other, nor who uses them.
	{of: []string{"ports", "ports/portstest", "adapters/*"}, imports: []string{"adapters/*", "app/*"}, byLint: true},
	// Of the app only wiring knows adapters.
	{of: []string{"app/*"}, except: []string{"app/wiring"}, imports: []string{"adapters/*"}, byLint: true},
}

// services are the packages of the domain that ask for ports.
var services = []string{"domain/assistant", "domain/batch", "domain/control", "domain/discovery", "domain/stream"}

// TestServices wants services to name each package of the domain that imports ports.
func TestServices(t *testing.T) {
	var asking []string
	g := load(t, root(t), false)
	for _, path := range g.matching(module + "domain/...") {
		if slices.Contains(g[path].Imports, module+"ports") {
			asking = append(asking, strings.TrimPrefix(path, module))
		}
	}
	compare(t, "services", services, asking)
}

// single are further imports that are forbidden.
var single = []mutation{
	{of: "domain/alexa", imports: module + "domain/home", byLint: true},
	{of: "domain/home", imports: module + "domain/alexa", byLint: true},
	// What can be done with a home knows no voice assistant and does no I/O.
	{of: "domain/action", imports: module + "domain/alexa", byLint: true},
	{of: "domain/action", imports: module + "domain/capability", byLint: true},
	{of: "domain/action", imports: module + "ports", byLint: true},
	{of: "domain/perform", imports: module + "domain/alexa", byLint: true},
	{of: "domain/home", imports: module + "domain/capability", byLint: true},
	{of: "app/wiring", imports: module + "adapters/demohome", byLint: true},
	{of: "app/wiring", imports: module + "adapters/lambdaapi", byLint: true},
	// Only wiring and programs know fx, and the domain and ports log nothing.
	{of: "domain/discovery", imports: "go.uber.org/fx", byLint: true, byRules: true},
	{of: "domain/control", imports: "go.uber.org/zap", byLint: true, byRules: true},
	{of: "ports", imports: "go.uber.org/zap", byLint: true},
	{of: "adapters/breaker", imports: "go.uber.org/fx", byLint: true},
	{of: "app/config", imports: "go.uber.org/fx", byLint: true},
	{of: "app/engine", imports: "go.uber.org/fx/fxevent", byLint: true},
	{of: "app/gateway", imports: "go.uber.org/fx", byLint: true},
	{of: "app/lifecycle", imports: "go.uber.org/fx", byLint: true},
	// Each adapter has its own libraries.
	{of: "adapters/homeassistant", imports: "github.com/aws/aws-sdk-go-v2/service/ssm", byLint: true},
	{of: "adapters/lambdaapi", imports: "github.com/spf13/cobra", byLint: true},
	{of: "app/engine", imports: "github.com/coder/websocket", byLint: true},
	// The domain does no I/O, not even by way of the standard library.
	{of: "domain/home", imports: "net/http", byRules: true},
	{of: "domain/secret", imports: "expvar", byRules: true},
	{of: "domain/fault", imports: "os", byRules: true},
	{of: "domain/fault", imports: "net/netip", byRules: true},
	{of: "domain/fault", imports: "log", byRules: true},
	{of: "domain/fault", imports: "syscall", byRules: true},
	// What is for tests is in no program.
	{of: "app/engine", imports: module + "domain/alexa/alexatest", byLint: true},
	{of: "cmd/lee", imports: module + "domain/alexa/alexatest", byLint: true, byRules: true},
	{of: "cmd/lee", imports: module + "ports/portstest", byLint: true, byRules: true},
	{of: "cmd/engine", imports: "testing", byRules: true},
	{of: "cmd/engine", imports: "text/template", byRules: true},
	{of: "cmd/engine", imports: "net/rpc", byRules: true},
	{of: "cmd/engine", imports: "github.com/spf13/cobra", byLint: true, byRules: true},
	{of: "cmd/engine", imports: module + "adapters/demohome", byLint: true, byRules: true},
	{of: "cmd/engine", imports: module + "adapters/lambdaapi", byLint: true, byRules: true},
	// The failsafe shares what is pure, bootstrap nothing.
	{of: "cmd/failsafe", imports: module + "adapters/homeassistant", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: module + "app/gateway", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: module + "domain/control", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: module + "ports", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: "github.com/aws/aws-sdk-go-v2/service/ssm", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: "go.uber.org/fx", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: "go.uber.org/zap", byLint: true, byRules: true},
	{of: "cmd/failsafe", imports: "github.com/sony/gobreaker/v2", byLint: true, byRules: true},
	{of: "cmd/bootstrap", imports: module + "domain/fault", byLint: true, byRules: true},
	{of: "cmd/bootstrap", imports: "github.com/aws/aws-lambda-go/lambda", byLint: true, byRules: true},
	{of: "cmd/bootstrap", imports: "encoding/json", byRules: true},
	{of: "cmd/bootstrap", imports: "fmt", byRules: true},
	{of: "cmd/bootstrap", imports: "net", byRules: true},
	{of: "cmd/bootstrap", imports: "os/exec", byRules: true},
}

// mutations returns all that the tree must not have.
func mutations(t *testing.T, tree string) []mutation {
	t.Helper()
	all := slices.Clone(single)
	for _, l := range layers {
		for _, of := range packages(t, tree, l.of) {
			for _, imports := range packages(t, tree, l.imports) {
				if of != imports && !slices.Contains(l.except, of) {
					all = append(all, mutation{of, module + imports, l.byLint, l.byRules})
				}
			}
		}
	}
	return all
}

// packages returns the folders of the tree that the patterns mean.
func packages(t *testing.T, tree string, patterns []string) []string {
	t.Helper()
	var folders []string
	for _, pattern := range patterns {
		found, err := fs.Glob(os.DirFS(tree), pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("there is no %s: %v", pattern, err)
		}
		for _, folder := range found {
			if info, err := fs.Stat(os.DirFS(tree), folder); err == nil && info.IsDir() {
				folders = append(folders, folder)
			}
		}
	}
	return folders
}

// file returns the name of the file that brings the i-th mutation.
func (m mutation) file(i int) string { return path.Join(m.of, fmt.Sprintf("mutant%d.go", i)) }

// packageName returns the name that the folder's files give their package.
func (m mutation) packageName() string {
	if strings.HasPrefix(m.of, "cmd/") {
		return "main"
	}
	return path.Base(m.of)
}

func (m mutation) String() string { return edge(m.of, m.imports) }

// edge returns "a imports b".
func edge(a, b string) string {
	return strings.TrimPrefix(a, module) + " imports " + strings.TrimPrefix(b, module)
}

// in says whether the mutation is a link of the chain.
func (m mutation) in(chain []string) bool {
	for i := range chain[1:] {
		if edge(chain[i], chain[i+1]) == m.String() {
			return true
		}
	}
	return false
}
