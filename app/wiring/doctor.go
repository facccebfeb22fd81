package wiring

import (
	"context"
	"os"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/app/smarthome"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// newDoctor returns what gathers facts for check-ups. The probe does not cross the
// gateway: it looks at the way to the home when the gateway's breakers are open, and is
// made again each time.
func newDoctor(s Start, clock ports.Clock, live *config.Live, smart *smarthome.Service) *doctor.Doctor {
	region, _ := s.Environment.Lookup("AWS_REGION")
	return &doctor.Doctor{
		From: checkup.Function, Region: region, Clock: clock, Live: live, Environ: os.Environ,
		Probe: func(s config.Settings) (ports.Probe, error) {
			return homeprobe.New(homeprobe.Config{Access: s.Access, Clock: clock})
		},
		Discover: func(ctx context.Context) (discovery.Report, error) {
			found, err := smart.Discover(ctx)
			return found.Report, err
		},
	}
}
