package gateway_test

import (
	"testing"

	"go.uber.org/goleak"
)

// No call outlives whoever waits for it.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
