package portstest

import (
	"context"
	"reflect"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// HouseSetup says how to upset the house under test.
type HouseSetup struct {
	// Away makes the home unreachable; nil when that cannot be done.
	Away func()
}

// House is the contract of ports.House. open is called once for every test.
func House(t *testing.T, open func(t *testing.T) (ports.House, HouseSetup)) {
	t.Run("says what it is", func(t *testing.T) {
		house, _ := open(t)
		config, err := house.Config(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if config.Version == "" || len(config.Components) == 0 {
			t.Errorf("it says %+v", config)
		}
		if config.Temperature != home.Celsius && config.Temperature != home.Fahrenheit {
			t.Errorf("its temperatures are in %q", config.Temperature)
		}
		again, err := house.Config(t.Context())
		if err != nil || !reflect.DeepEqual(config, again) {
			t.Errorf("it says %+v (%v) the second time, and said %+v", again, err, config)
		}
	})
	t.Run("counts its requests", func(t *testing.T) {
		house, _ := open(t)
		counted(t, "Config", func(ctx context.Context) (want int64, err error) {
			_, err = house.Config(ctx)
			return 1, err
		})
	})
	t.Run("a context that has ended", func(t *testing.T) {
		house, _ := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := house.Config(ctx)
		fails(t, "Config", err, fault.Deadline, false)
	})
	t.Run("away", func(t *testing.T) {
		house, setup := open(t)
		if setup.Away == nil {
			t.Skip("this home cannot be made unreachable")
		}
		setup.Away()
		_, err := house.Config(t.Context())
		fails(t, "Config", err, fault.Unreachable, false)
	})
}
