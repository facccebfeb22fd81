package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestPackageSaysWhatIsMissing; that it packs what is there app/delivery sees.
func TestPackageSaysWhatIsMissing(t *testing.T) {
	folder := t.TempDir()
	if _, err := lee("", "package", "--from", folder, "--to", folder); err == nil || !strings.Contains(err.Error(), filepath.Join("arm64", "bootstrap")) {
		t.Errorf("the error is %v", err)
	}
	if _, err := lee("", "package", "--from", folder, "vax"); err == nil || !strings.Contains(err.Error(), "arm64 and x86_64") {
		t.Errorf("the error is %v", err)
	}
	if _, err := lee("", "run", "--package", filepath.Join(folder, "none.zip")); err == nil || !strings.Contains(err.Error(), "none.zip") {
		t.Errorf("the error is %v", err)
	}
}
