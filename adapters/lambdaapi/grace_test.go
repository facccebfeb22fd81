package lambdaapi

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestGrace: a process that is late is waited for, and is told of its time as ever.
func TestGrace(t *testing.T) {
	t.Parallel()
	const timeout = 100 * time.Millisecond
	f := start(t, func(config *Config) { config.Timeout, config.Grace = timeout, time.Minute })
	file := filepath.Join(t.TempDir(), "go")
	begun := file + ".begun"
	go func() {
		for !exists(begun) && t.Context().Err() == nil {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(2 * timeout)
		_ = os.WriteFile(file, nil, 0o600)
	}()
	if late := invoke(t, f, order{Do: "wait", File: file}); late.Error != nil || late.Duration < 2*timeout {
		t.Errorf("%+v", late)
	}
	var seen surroundings
	before := time.Now()
	if err := json.Unmarshal(invoke(t, f, order{Do: "look"}).Payload, &seen); err != nil {
		t.Fatal(err)
	}
	if told := time.UnixMilli(seen.DeadlineMS); told.After(time.Now().Add(timeout)) || told.Before(before) {
		t.Errorf("at %v it was told that it has until %v", before, told)
	}
}
