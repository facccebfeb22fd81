package telemetry_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
)

// lines returns the lines of a log.
func lines(t *testing.T, log *bytes.Buffer) (all []map[string]any) {
	t.Helper()
	for line := range strings.Lines(log.String()) {
		var members map[string]any
		if err := json.Unmarshal([]byte(line), &members); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		all = append(all, members)
	}
	return all
}

func TestLog(t *testing.T) {
	var out bytes.Buffer
	log := telemetry.NewLog(&out, zap.InfoLevel)
	log.Debug("not this")
	log.Info("this", zap.Duration("took", 1500*time.Microsecond), zap.Error(errors.New("broken")))
	all := lines(t, &out)
	if len(all) != 1 {
		t.Fatalf("%d lines: %s", len(all), &out)
	}
	line := all[0]
	if line["message"] != "this" || line["level"] != "INFO" || line["took"] != 1.5 || line["error"] != "broken" {
		t.Errorf("%v", line)
	}
	text, _ := line["time"].(string)
	if at, err := time.Parse(time.RFC3339Nano, text); err != nil || time.Since(at) > time.Hour {
		t.Errorf("the time is %v", line["time"])
	}
	if _, there := line["correlation"]; there {
		t.Errorf("%v", line)
	}
}

// TestCorrelation: while one invocation is under way every line tells so; those
// that say it themselves say it once.
func TestCorrelation(t *testing.T) {
	var out bytes.Buffer
	var of telemetry.Correlation
	log := telemetry.NewCorrelatedLog(&out, zap.DebugLevel, &of)
	log.Info("before")
	end := of.Begin("id-1", nil)
	log.Info("one")
	log.With(zap.String("port", "home")).Debug("[LIGS] loaded")
	log.Info("its own", zap.String("correlation", "id-0"))
	endOther := of.Begin("id-2", nil)
	log.Info("two at once")
	end()
	log.Info("the other")
	endOther()
	endOther() // does no harm
	log.Info("after")
	want := []struct{ message, correlation string }{
		{"before", ""}, {"one", "id-1"}, {"[LIGS] loaded", "id-1"}, {"its own", "id-0"},
		{"two at once", ""}, {"the other", "id-2"}, {"after", ""},
	}
	all := lines(t, &out)
	if len(all) != len(want) {
		t.Fatalf("%d lines: %s", len(all), &out)
	}
	for i, w := range want {
		got, _ := all[i]["correlation"].(string)
		if all[i]["message"] != w.message || got != w.correlation {
			t.Errorf("line %d is %v, want %v", i, all[i], w)
		}
	}
	if n := strings.Count(out.String(), `"correlation"`); n != 4 {
		t.Errorf("%d lines tell it, want 4: %s", n, &out)
	}
}

// TestLevelChanges: what is logged may change while the process runs.
func TestLevelChanges(t *testing.T) {
	var out bytes.Buffer
	level := zap.NewAtomicLevelAt(zap.InfoLevel)
	log := telemetry.NewCorrelatedLog(&out, level, &telemetry.Correlation{})
	log.Debug("1")
	level.SetLevel(zap.DebugLevel)
	log.Debug("2")
	level.SetLevel(zap.ErrorLevel)
	log.Warn("3")
	if all := lines(t, &out); len(all) != 1 || all[0]["message"] != "2" {
		t.Errorf("logged %s", &out)
	}
}

// did is what an invocation has done.
type did []string

func (d did) MarshalLogArray(to zapcore.ArrayEncoder) error {
	for _, one := range d {
		to.AppendString(one)
	}
	return nil
}

// TestCrumbs: every error tells what came before it, whoever logs it.
func TestCrumbs(t *testing.T) {
	var out bytes.Buffer
	var of telemetry.Correlation
	log := telemetry.NewCorrelatedLog(&out, zap.DebugLevel, &of)
	log.Error("before")
	end := of.Begin("id-1", did{"a", "b"})
	log.Warn("a warning")
	log.Error("an error")
	log.Warn("a warning of an error", zap.Error(errors.New("no")))
	log.Debug("an attempt", zap.Error(errors.New("no")))
	log.Error("its own", zap.Array("crumbs", did{"c"}))
	end()
	log.Error("after")
	want := []string{"", "", "[a b]", "[a b]", "", "[c]", ""}
	all := lines(t, &out)
	for i, w := range want {
		got := ""
		if crumbs, there := all[i]["crumbs"]; there {
			got = fmt.Sprint(crumbs)
		}
		if got != w {
			t.Errorf("%v has the crumbs %s, want %s", all[i]["message"], got, w)
		}
	}
	if strings.Count(out.String(), `"crumbs"`) != 3 {
		t.Errorf("logged %s", &out)
	}
}
