package telemetry_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

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
}

// TestLevelChanges: what is logged may change while the process runs.
func TestLevelChanges(t *testing.T) {
	var out bytes.Buffer
	level := zap.NewAtomicLevelAt(zap.InfoLevel)
	log := telemetry.NewLog(&out, level)
	log.Debug("1")
	level.SetLevel(zap.DebugLevel)
	log.Debug("2")
	level.SetLevel(zap.ErrorLevel)
	log.Warn("3")
	if all := lines(t, &out); len(all) != 1 || all[0]["message"] != "2" {
		t.Errorf("logged %s", &out)
	}
}
