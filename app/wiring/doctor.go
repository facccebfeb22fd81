package wiring

import (
	"context"
	"os"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// newDoctor returns who gathers facts for check-ups. The probe does not cross the gateway: it
// is there to look at the way to the home when the gateway's breakers are open, and
// is made anew each time.
func newDoctor(clock ports.Clock, live *config.Live, region string, discover func(context.Context) (*discovery.Service, error)) *doctor.Doctor {
	return &doctor.Doctor{
		From: checkup.Function, Region: region, Clock: clock, Live: live, Environ: os.Environ,
		Probe: func(s config.Settings) (ports.Probe, error) {
			return homeprobe.New(homeprobe.Config{
				URL: s.HomeURL, Token: s.HomeToken, Headers: s.HomeHeaders, Unverified: !s.VerifySSL,
				CA: s.HomeCA, Cert: s.HomeClientCert, Key: s.HomeClientKey, Clock: clock,
			})
		},
		Discover: func(ctx context.Context) (discovery.Report, error) {
			service, err := discover(ctx)
			if err != nil {
				return discovery.Report{}, err
			}
			return service.Explain(ctx)
		},
	}
}
