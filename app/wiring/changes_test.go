package wiring

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestChanges: followers are told in the order in which they were added, without the
// lock, and one may add another.
func TestChanges(t *testing.T) {
	c := &changes{}
	var told []string
	note := func(name string) follower {
		return func(_ context.Context, before, after config.Settings) {
			if !c.mu.TryLock() {
				t.Errorf("%s runs under the lock", name)
			} else {
				c.mu.Unlock()
			}
			told = append(told, fmt.Sprint(name, before.Locale, after.Locale))
		}
	}
	c.follow(note("a"))
	c.follow(func(ctx context.Context, before, after config.Settings) {
		note("b")(ctx, before, after)
		if !t.Failed() {
			c.follow(note("c"))
		}
	})
	c.follow(note("d"))
	c.tell(t.Context(), config.Settings{Locale: "1"}, config.Settings{Locale: "2"})
	c.tell(t.Context(), config.Settings{Locale: "2"}, config.Settings{Locale: "3"})
	if want := []string{"a12", "b12", "d12", "a23", "b23", "d23", "c23"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// TestServicesOfTheSettings: who is answered before the change of the settings has
// been told to all is answered by the new settings too. HA_EXPOSE and the voice
// settings must hold from the first answer.
func TestServicesOfTheSettings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &portstest.ParameterStore{}
		store.Put(ports.Parameter{Name: "/p/homeassistant/url", Value: secret.New("https://home.example")})
		store.Put(ports.Parameter{Name: "/p/homeassistant/expose", Value: secret.New("light")})
		given := map[string]string{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"}
		c, goOn := &changes{}, make(chan struct{})
		c.follow(func(context.Context, config.Settings, config.Settings) { <-goOn })
		live := config.NewLive(config.Options{
			Environment: config.Environment{Lookup: func(name string) (string, bool) { value, ok := given[name]; return value, ok }},
			Parameters:  store, Changed: c.tell,
		})
		h := newSmartHome(live, c, nil, nil, nil, nil, ports.WallClock{}, zap.NewNop())
		if h.running.Load().filter.Withholds("lock.door") {
			t.Fatal("the environment alone withholds the lock already")
		}
		go func() { _, _ = live.Settings(t.Context()) }()
		synctest.Wait() // the first reading waits for its followers
		for range 2 {
			if s, err := h.services(t.Context()); err != nil || !s.filter.Withholds("lock.door") || s.filter.Withholds("light.hall") {
				t.Errorf("the services are %+v, %v, want those of the settings", s, err)
			}
		}
		before := h.running.Load()
		if s, _ := h.services(t.Context()); s != before {
			t.Error("the services of the same version are made again")
		}
		close(goOn)
	})
}

// restless are settings that lead elsewhere each time that they are read, for as
// often as it says.
type restless struct{ changes, read int }

func (r *restless) Settings(context.Context) (config.Settings, error) {
	r.read++
	return config.Settings{HomeURL: fmt.Sprint("http://", r.read)}, nil
}

func (r *restless) Current() config.Settings {
	if r.read <= r.changes {
		return config.Settings{HomeURL: "http://elsewhere"}
	}
	return config.Settings{HomeURL: fmt.Sprint("http://", r.read)}
}

// TestBasisIsBounded: what is made by settings that change meanwhile is made by the
// new ones; where they never rest, that is an error.
func TestBasisIsBounded(t *testing.T) {
	for changes := range maxSettingsReads + 2 {
		r := &restless{changes: changes}
		b := &basis{live: r}
		s, err := b.settings(t.Context())
		if changes >= maxSettingsReads {
			if fault.Of(err) != fault.Misconfigured || r.read != maxSettingsReads || b.latest.Load() != nil {
				t.Errorf("%d changes: %v after %d readings, for %v", changes, err, r.read, b.latest.Load())
			}
			continue
		}
		if want := fmt.Sprint("http://", changes+1); err != nil || s.HomeURL != want || b.latest.Load().HomeURL != want {
			t.Errorf("%d changes: %s, %v, want %s", changes, s.HomeURL, err, want)
		}
	}
}
