package portstest

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// ParametersSetup is a ports.Parameters under test and what can be done to it. A
// nil function is something that it cannot be made to do.
type ParametersSetup struct {
	ports.Parameters
	// Put keeps a parameter, in place of an earlier one of that name; only Name,
	// Value and Type count.
	Put func(ports.Parameter)
	// Throttle makes it ask to be left alone, from now on.
	Throttle func()
	// Forbid takes away LEE's right to read.
	Forbid func()
	// Vanish makes it unreachable.
	Vanish func()
}

// Parameters is the contract of ports.Parameters. open returns one that is asked
// by one test; the tests use names of their own, so it need not be empty.
func Parameters(t *testing.T, open func(t *testing.T) ParametersSetup) {
	for name, test := range map[string]func(*parametersTest, *testing.T){
		"all there is to a parameter":  (*parametersTest).whole,
		"many, at any depth, in order": (*parametersTest).many,
		"only below the path":          (*parametersTest).boundary,
		"none":                         (*parametersTest).none,
		"asks again":                   (*parametersTest).again,
		"the context has ended":        (*parametersTest).ended,
		"throttled":                    (*parametersTest).throttled,
		"not allowed":                  (*parametersTest).forbidden,
		"unreachable":                  (*parametersTest).vanished,
		"many at once":                 (*parametersTest).manyAtOnce,
	} {
		t.Run(name, func(t *testing.T) {
			test(&parametersTest{open(t), "/lee-contract-" + strings.ToLower(rand.Text())}, t)
		})
	}
}

// parametersTest is a ports.Parameters under test, and a path that is its own.
type parametersTest struct {
	ParametersSetup
	path string
}

func (p *parametersTest) put(name, value string, kind ports.ParameterType) {
	p.Put(ports.Parameter{Name: p.path + name, Value: secret.New(value), Type: kind})
}

func (p *parametersTest) read(t *testing.T) []ports.Parameter {
	t.Helper()
	list, err := p.Below(t.Context(), p.path)
	if err != nil {
		t.Fatalf("Below: %v", err)
	}
	return list
}

// canary is a value that must not show.
const canary = "canary-in-a-parameter"

// fails wants Below to fail with a kind, a text for people and nothing else.
func (p *parametersTest) fails(ctx context.Context, t *testing.T, want fault.Kind) {
	t.Helper()
	list, err := p.Below(ctx, p.path)
	if err == nil || list != nil {
		t.Fatalf("Below gave %d parameters and the error %v, want only an error", len(list), err)
	}
	if fault.Of(err) != want || fault.Text(err) == "" {
		t.Errorf("Below: %v, want a fault that is %v and has a text", err, want)
	}
	if strings.Contains(fmt.Sprintf("%+v %#v", err, err), canary) {
		t.Errorf("the error shows a value: %v", err)
	}
}

func (p *parametersTest) whole(t *testing.T) {
	values := map[ports.ParameterType]string{
		ports.ParameterString:       "https://home.example.org",
		ports.ParameterStringList:   "alexa,scripts",
		ports.ParameterSecureString: "geheim-Ω-\n-" + strings.Repeat("x", 3000),
	}
	for kind, value := range values {
		p.put("/"+kind.String(), value, kind)
	}
	list := p.read(t)
	if len(list) != len(values) {
		t.Fatalf("Below gave %d parameters, want %d", len(list), len(values))
	}
	for _, got := range list {
		if got.Name != p.path+"/"+got.Type.String() || got.Value.Reveal() != values[got.Type] || got.Version != 1 {
			t.Errorf("Below gave %s, a %v, version %d, %d bytes long", got.Name, got.Type, got.Version, len(got.Value.Reveal()))
		}
	}
}

func (p *parametersTest) many(t *testing.T) {
	var want []string
	for i := range 23 {
		name := fmt.Sprintf("/%c/%02d", 'c'-i%3, i)
		p.put(name, "v", ports.ParameterString)
		want = append(want, p.path+name)
	}
	slices.Sort(want)
	var got []string
	for _, one := range p.read(t) {
		got = append(got, one.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("Below gave %q, want %q", got, want)
	}
}

func (p *parametersTest) boundary(t *testing.T) {
	p.put("/in", "v", ports.ParameterString)
	p.put("-beside/out", "v", ports.ParameterString)
	if list := p.read(t); len(list) != 1 || list[0].Name != p.path+"/in" {
		t.Errorf("Below gave %v, want one parameter", list)
	}
}

func (p *parametersTest) none(t *testing.T) {
	if list := p.read(t); len(list) != 0 {
		t.Errorf("Below gave %v, want nothing", list)
	}
}

func (p *parametersTest) again(t *testing.T) {
	p.put("/token", "first", ports.ParameterSecureString)
	before := p.read(t)
	p.put("/token", "second", ports.ParameterSecureString)
	after := p.read(t)
	if len(before) != 1 || len(after) != 1 || before[0].Value.Reveal() != "first" || after[0].Value.Reveal() != "second" {
		t.Fatal("the second reading is not of the second value")
	}
	if before[0].Version != 1 || after[0].Version != 2 {
		t.Errorf("the versions are %d and %d, want 1 and 2", before[0].Version, after[0].Version)
	}
}

func (p *parametersTest) ended(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p.put("/secret", canary, ports.ParameterSecureString)
	p.fails(ctx, t, fault.Deadline)
}

func (p *parametersTest) throttled(t *testing.T) { p.cannot(t, p.Throttle, fault.Throttled) }

func (p *parametersTest) forbidden(t *testing.T) { p.cannot(t, p.Forbid, fault.NotAllowed) }

func (p *parametersTest) vanished(t *testing.T) { p.cannot(t, p.Vanish, fault.Unreachable) }

func (p *parametersTest) cannot(t *testing.T, provoke func(), want fault.Kind) {
	t.Helper()
	if provoke == nil {
		t.Skipf("this implementation cannot be made to fail so: %v", want)
	}
	p.put("/secret", canary, ports.ParameterSecureString)
	provoke()
	p.fails(t.Context(), t, want)
}

func (p *parametersTest) manyAtOnce(t *testing.T) {
	for i := range 12 {
		p.put(fmt.Sprintf("/%d", i), "v", ports.ParameterString)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if list, err := p.Below(t.Context(), p.path); err != nil || len(list) != 12 {
				t.Errorf("Below gave %d parameters and the error %v, want 12", len(list), err)
			}
		})
	}
	all.Wait()
}

// ParameterStore is a ports.Parameters in memory. The zero value is empty and
// ready to use. It is safe for concurrent use.
type ParameterStore struct {
	mu    sync.Mutex
	kept  map[string]ports.Parameter
	fault error
	asked int
}

var (
	_ ports.Parameters      = (*ParameterStore)(nil)
	_ ports.ParameterKeeper = (*ParameterStore)(nil)
)

// Keep implements ports.ParameterKeeper.
func (s *ParameterStore) Keep(ctx context.Context, p ports.Parameter) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(fault.Deadline, "The time ran out while the parameter was kept.", err)
	}
	s.mu.Lock()
	failure, before := s.fault, s.kept[p.Name]
	s.mu.Unlock()
	switch {
	case failure != nil:
		return failure
	case p.Value.Empty() || !strings.HasPrefix(p.Name, "/") || before.Version > 0 && before.Type != p.Type:
		return fault.New(fault.Misconfigured, "The place does not take this.")
	}
	s.Put(ports.Parameter{Name: p.Name, Value: p.Value, Type: p.Type})
	return nil
}

// Put keeps a parameter under its name, in place of an earlier one. Version and
// time are the store's.
func (s *ParameterStore) Put(p ports.Parameter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]ports.Parameter{}
	}
	p.Version = s.kept[p.Name].Version + 1
	p.Changed = time.Now()
	s.kept[p.Name] = p
}

// Delete forgets the parameter of a name.
func (s *ParameterStore) Delete(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, name)
}

// Fail makes every reading and keeping from now on fail with err; nil ends that.
func (s *ParameterStore) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = err
}

// Asked returns how often the store was read, with or without success.
func (s *ParameterStore) Asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// Below implements ports.Parameters.
func (s *ParameterStore) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap(fault.Deadline, "The time ran out while the parameters were read.", err)
	}
	if s.fault != nil {
		return nil, s.fault
	}
	var list []ports.Parameter
	for name, p := range s.kept {
		if strings.HasPrefix(name, path+"/") {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b ports.Parameter) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}
