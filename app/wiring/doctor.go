package wiring

import (
	"context"
	"os"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/app/smarthome"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// newDoctor returns what gathers facts for check-ups. Its probe is that of the settings in
// force.
func newDoctor(s Start, clock ports.Clock, live *config.Live, smart *smarthome.Service, probe ports.Probe) *doctor.Doctor {
	region, _ := s.Environment.Lookup("AWS_REGION")
	return &doctor.Doctor{
		From: checkup.Function, Region: region, Clock: clock, Live: live, Environ: os.Environ,
		Probe: probe,
		Discover: func(ctx context.Context) (discovery.Report, error) {
			found, err := smart.Discover(ctx)
			return found.Report, err
		},
	}
}
