package portstest_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMemoryCache(t *testing.T) {
	portstest.Cache(t, func(_ *testing.T, setup portstest.CacheSetup) ports.Cache { return portstest.NewMemoryCache(setup) })
}
