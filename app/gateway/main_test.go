package gateway_test

import (
	"testing"

	"go.uber.org/goleak"
)

// No call outlives one that waits for it.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
