package config

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
)

// TestLiveTellsInOrder has many change the settings at once: Changed is told of each
// change once, one at a time, and in the order of the versions.
func TestLiveTellsInOrder(t *testing.T) {
	f := start(t, nil)
	var told []int // without a lock, for the race detector
	f.changed = func(_ context.Context, before, after Settings) {
		told = append(told, before.Version(), after.Version())
	}
	f.put("homeassistant/url", here)
	f.url()
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 20 {
				f.put("homeassistant/timeout", fmt.Sprint(worker*20+i+1))
				if worker%2 == 0 {
					_, _ = f.Reload(t.Context())
				} else if _, err := f.Rollback(t.Context(), 0); err != nil {
					f.url()
				}
			}
		})
	}
	all.Wait()
	var want []int
	for version := range f.Report().Version {
		want = append(want, version, version+1)
	}
	if len(want) < 20 || !slices.Equal(told, want) {
		t.Errorf("told of the changes between %v, want %v", told, want)
	}
	if got := f.Current().Version(); got != f.Report().Version {
		t.Errorf("the settings in force are of version %d, want %d", got, f.Report().Version)
	}
}

// TestLiveSlowFollower has Changed wait: others read the new settings meanwhile, and
// the call that caused the change returns after it.
func TestLiveSlowFollower(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := start(t, nil)
		f.put("homeassistant/url", here)
		f.is(here, 1)
		goOn, reloaded := make(chan struct{}), false
		f.changed = func(context.Context, Settings, Settings) { <-goOn }
		f.put("homeassistant/url", there)
		go func() {
			_, _ = f.Reload(t.Context())
			reloaded = true
		}()
		synctest.Wait()
		f.is(there, 2)
		f.clock.Advance(ParameterTTL)
		f.is(there, 2) // it is due, and somebody is at it
		if f.Current().Access.URL != there || f.Report().Version != 2 || f.Mistaken("HOME_ASSISTANT_URL") {
			t.Errorf("meanwhile the report is %+v", f.Report())
		}
		if reloaded {
			t.Error("Reload has returned before Changed")
		}
		close(goOn)
		synctest.Wait()
		if !reloaded {
			t.Error("Reload does not return")
		}
	})
}

// TestLiveFollowerCallsBack has Changed ask for the settings, at the first reading of
// the Parameter Store and at a later one.
func TestLiveFollowerCallsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which finds a deadlock
		f := start(t, nil)
		var told []string
		f.changed = func(ctx context.Context, _, after Settings) {
			s, err := f.Settings(ctx)
			if err != nil || s.Version() != after.Version() || f.Current().Version() != after.Version() || f.Report().Version != after.Version() {
				t.Errorf("of version %d Settings gives %d, %v", after.Version(), s.Version(), err)
			}
			told = append(told, s.Access.URL)
		}
		f.put("homeassistant/url", here)
		f.is(here, 1)
		f.put("homeassistant/url", there)
		f.clock.Advance(ParameterTTL)
		f.is(there, 2)
		if !slices.Equal(told, []string{here, there}) {
			t.Errorf("told of %v", told)
		}
	})
}
