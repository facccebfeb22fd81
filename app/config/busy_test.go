package config

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// slow is a store that answers when it is let.
type slow struct {
	ports.Parameters
	asked, answer chan struct{}
}

func (s *slow) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	s.asked <- struct{}{}
	select {
	case <-s.answer:
		return s.Parameters.Below(ctx, path)
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Deadline, "No.", ctx.Err())
	}
}

// TestLiveSingleFlight has many who need the store at once: it is asked once.
// Those who know nothing yet wait, later ones go on with what is known.
func TestLiveSingleFlight(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	s := &slow{f.store, make(chan struct{}), make(chan struct{})}
	f.parameters = s

	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { f.is(here, 1) })
	}
	<-s.asked
	hurried, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Settings(hurried); fault.Of(err) != fault.Deadline {
		t.Errorf("one who cannot wait gets %v", err)
	}
	s.answer <- struct{}{}
	all.Wait()

	f.clock.Advance(ParameterTTL)
	all.Go(func() { f.url() })
	<-s.asked
	if got := f.url(); got != here {
		t.Errorf("one who need not wait gets %q", got)
	}
	s.answer <- struct{}{}
	all.Wait()
}

// TestLiveRefreshPatience has a store that does not answer while something is
// known: the caller goes on with that.
func TestLiveRefreshPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := start(t, nil)
		f.put("homeassistant/url", here)
		f.is(here, 1)
		f.parameters = &slow{f.store, make(chan struct{}, 1), nil}
		f.clock.Advance(ParameterTTL)
		if got := f.url(); got != here {
			t.Errorf("the URL is %q", got)
		}
		if f.Report().Store.Failure == "" {
			t.Error("the store is not blamed")
		}
	})
}

// TestLiveManyAtOnce has everything at once, for the race detector.
func TestLiveManyAtOnce(t *testing.T) {
	f := start(t, nil)
	var told sync.Mutex
	f.changed = func(context.Context, Settings, Settings) { told.Lock(); defer told.Unlock() }
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 60 {
				switch (worker + i) % 6 {
				case 0:
					f.put("homeassistant/timeout", fmt.Sprint(i+1))
				case 1:
					_, _ = f.Reload(t.Context())
				case 2:
					_, _ = f.Rollback(t.Context(), 0)
				case 3:
					f.clock.Advance(ParameterTTL / 2)
				case 4:
					_ = inJSON(t, f.Report())
				default:
					if s, err := f.Settings(t.Context()); err != nil || s.Access.Timeout < time.Second {
						t.Errorf("Settings gives %+v, %v", s, err)
					}
				}
			}
		})
	}
	all.Wait()
	f.put("homeassistant/timeout", "99")
	if _, err := f.Reload(t.Context()); err != nil || f.Current().Access.Timeout != 99*time.Second {
		t.Errorf("it has lost its way: %v, %v", f.Current().Access.Timeout, err)
	}
}
