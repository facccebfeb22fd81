package lifecycle_test

import (
	"testing"

	"go.uber.org/goleak"
)

// No goroutine outlives its port.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
