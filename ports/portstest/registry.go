package portstest

import (
	"context"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// OpRegistry is ports.Registry's operation.
const OpRegistry Op = "registry"

var _ ports.Registry = (*MemoryHome)(nil)

// SetRegistry makes the home's registries say something. Of the aliases that r
// knows it tells those that are asked for. Until then its registries are empty,
// and it tells all parts of them.
func (h *MemoryHome) SetRegistry(r home.Registry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.registry = &r
}

// Registries implements ports.Registry.
func (h *MemoryHome) Registries(ctx context.Context) (ports.RegistrySession, error) {
	if err := h.enter(ctx, Entry{Op: OpRegistry}, nil); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	all := home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil)
	if h.registry != nil {
		all = *h.registry
	}
	return &memoryRegistry{all: all}, nil
}

// memoryRegistry is a session with a MemoryHome's registries.
type memoryRegistry struct{ all home.Registry }

// Registry implements ports.RegistrySession.
func (r *memoryRegistry) Registry() home.Registry { return r.all.WithoutAliases() }

// Aliases implements ports.RegistrySession.
func (r *memoryRegistry) Aliases(_ context.Context, of []home.EntityID) home.Registry {
	if !r.all.Knows(home.PartAliases) {
		return r.Registry()
	}
	aliases := map[home.EntityID][]string{}
	for _, id := range of {
		if names := r.all.Aliases(id); names != nil {
			aliases[id] = slices.Clone(names)
		}
	}
	return r.Registry().WithAliases(aliases)
}

// Close implements ports.RegistrySession.
func (r *memoryRegistry) Close() {}

// ReadRegistry reads registries in one session, with the aliases of some entities; nil
// asks for nobody's.
func ReadRegistry(ctx context.Context, r ports.Registry, aliases []home.EntityID) (home.Registry, error) {
	session, err := r.Registries(ctx)
	if err != nil {
		return home.Registry{}, err
	}
	defer session.Close()
	if aliases == nil {
		return session.Registry(), nil
	}
	return session.Aliases(ctx, aliases), nil
}

// RegistrySetup says what the registries under test hold, and how to upset them.
type RegistrySetup struct {
	// Tells are the parts that it tells, PartAliases among them where it tells
	// these on request.
	Tells home.Part
	// Entries are some of its entries, with what is told of them, and Area the
	// name of an area in which the first of them is.
	Entries []home.Entry
	Area    string
	// Floor is the name of the floor that this area is on, which the areas of the other
	// entries are not.
	Floor string
	// Aliases are those of the first of the entries, "" for its own name. The
	// others have other ones.
	Aliases []string
	// Unlisted is an entity that it has no entry for.
	Unlisted home.EntityID

	// Away makes the home unreachable; nil when that cannot be done.
	Away func()
	// Rejecting are other clients of the home, with credentials that it rejects:
	// LEE's own, or the context's.
	Rejecting []ports.Registry
}

// Registry is the contract of ports.Registry. open is called again for every test.
func Registry(t *testing.T, open func(t *testing.T) (ports.Registry, RegistrySetup)) {
	for _, test := range []struct {
		name string
		run  func(*registryTest, *testing.T)
	}{
		{"tells what it has", (*registryTest).tells},
		{"tells the same again", (*registryTest).again},
		{"tells aliases on request", (*registryTest).aliases},
		{"tells what it has while aliases are asked for", (*registryTest).once},
		{"a context that has ended", (*registryTest).ended},
		{"away", (*registryTest).away},
		{"rejected credentials", (*registryTest).rejected},
		{"counts its requests", (*registryTest).counts},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &registryTest{}
			r.Registry, r.RegistrySetup = open(t)
			test.run(r, t)
		})
	}
}

type registryTest struct {
	ports.Registry
	RegistrySetup
}

// open opens a session that ends with the test.
func (r *registryTest) open(t *testing.T) ports.RegistrySession {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	session, err := r.Registries(ctx)
	if err != nil {
		t.Fatalf("Registries: %v", err)
	}
	t.Cleanup(session.Close)
	return session
}

// read reads the registries and the aliases of some entities.
func (r *registryTest) read(t *testing.T, of []home.EntityID) home.Registry {
	t.Helper()
	session := r.open(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return session.Aliases(ctx, of)
}

func (r *registryTest) counts(t *testing.T) {
	counted(t, "Registries", func(ctx context.Context) (want int64, err error) {
		got, err := ReadRegistry(ctx, r, nil)
		if got.Source() == home.SourceTemplate {
			return 2, err // the one that opens no WebSocket, and the template
		}
		return 1, err
	})
}

// holds wants a registry to say what the setup has, but for aliases.
func (r *registryTest) holds(t *testing.T, got home.Registry) {
	t.Helper()
	if tells := r.Tells &^ home.PartAliases; got.Source() == home.SourceNone || !got.Knows(tells) || got.Lacks()&^home.PartAliases != home.AllParts&^home.PartAliases&^tells {
		t.Fatalf("it tells %v and lacks %q", got.Source(), got.Lacks().Names())
	}
	for i, want := range r.Entries {
		e := got.Entry(want.ID)
		if e.ID != want.ID || e.Name != want.Name || e.Area != want.Area || e.Hidden != want.Hidden || e.Category != want.Category ||
			e.Exposed != want.Exposed || !slices.Equal(e.Labels, want.Labels) {
			t.Errorf("%s is %+v, should be %+v", want.ID, e, want)
		}
		if in, known := got.InArea(want.ID, r.Area); r.Tells&home.PartAreas != 0 && (!known || in != (i == 0)) {
			t.Errorf("%s is in %s: %v, known %v", want.ID, r.Area, in, known)
		}
		floor, ok := got.FloorOf(want.ID)
		if on := ok && floor.Name == r.Floor; on != (i == 0 && r.Tells&home.PartFloors != 0) {
			t.Errorf("%s is on the floor %+v, %v", want.ID, floor, ok)
		}
	}
	if e := got.Entry(r.Unlisted); e.ID != r.Unlisted || e.Name != "" || e.Area != "" || e.Hidden || e.Category != home.CategoryNone {
		t.Errorf("%s has an entry %+v", r.Unlisted, e)
	}
}

func (r *registryTest) tells(t *testing.T) {
	got := r.open(t).Registry()
	r.holds(t, got)
	if got.Knows(home.PartAliases) || got.Aliases(r.Entries[0].ID) != nil {
		t.Error("it tells aliases unasked")
	}
}

func (r *registryTest) again(t *testing.T) {
	for range 3 {
		r.holds(t, r.open(t).Registry())
	}
}

func (r *registryTest) aliases(t *testing.T) {
	first := r.Entries[0].ID
	for _, wanted := range [][]home.EntityID{{}, {first}, {r.Unlisted, first, "LIGHT.odd", ""}, {r.Unlisted}} {
		got := r.read(t, wanted)
		r.holds(t, got)
		if got.Knows(home.PartAliases) != (r.Tells&home.PartAliases != 0) {
			t.Errorf("asked for %q it lacks %q", wanted, got.Lacks().Names())
		}
		var want []string
		if r.Tells&home.PartAliases != 0 && slices.Contains(wanted, first) {
			want = r.Aliases
		}
		if aliases := got.Aliases(first); !slices.Equal(aliases, want) {
			t.Errorf("asked for %q it tells %q of %s, should %q", wanted, aliases, first, want)
		}
		if aliases := got.Aliases(r.Entries[1].ID); aliases != nil {
			t.Errorf("asked for %q it tells %q of %s", wanted, aliases, r.Entries[1].ID)
		}
	}
}

func (r *registryTest) once(t *testing.T) {
	session := r.open(t)
	r.holds(t, session.Registry())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.holds(t, session.Aliases(ctx, []home.EntityID{r.Entries[0].ID})) // nobody waits for them
	session.Close()
	session.Close()
}

func (r *registryTest) ended(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	session, err := r.Registries(ctx)
	fails(t, "Registries", err, fault.Deadline, false)
	if session != nil {
		t.Error("and it returns a session")
	}
}

func (r *registryTest) away(t *testing.T) {
	if r.Away == nil {
		t.Skip("this home cannot be made unreachable")
	}
	r.Away()
	_, err := r.Registries(t.Context())
	fails(t, "Registries", err, fault.Unreachable, false)
}

func (r *registryTest) rejected(t *testing.T) {
	if len(r.Rejecting) == 0 {
		t.Skip("there is no client with rejected credentials")
	}
	for _, rejecting := range r.Rejecting {
		_, err := rejecting.Registries(t.Context())
		fails(t, "Registries", err, fault.NotAllowed, false)
	}
}
