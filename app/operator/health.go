package operator

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// Condition is how something is.
type Condition string

// The conditions of a component, and those of the whole.
const (
	Up       Condition = "up"
	Down     Condition = "down"
	Impaired Condition = "impaired" // it works, and somebody should look
	Off      Condition = "off"      // it is not used
	Unknown  Condition = "unknown"  // nobody can tell

	Healthy   Condition = "healthy"
	Degraded  Condition = "degraded"  // something is impaired
	Unhealthy Condition = "unhealthy" // something is down
)

// Health is how LEE and what it needs are.
type Health struct {
	Status Condition `json:"status"`
	// Components are LEE's parts and what it needs; strangers are not told.
	Components []Component `json:"components,omitempty"`
}

// Component is how one of them is.
type Component struct {
	Name   string    `json:"name"`
	Status Condition `json:"status"`
	// Detail says why in one sentence, "" where there is nothing to say.
	Detail string `json:"detail,omitempty"`
}

// pulsePatience is how long the home is given to answer: who asks for health wants
// an answer, and a home that takes longer is not well.
const pulsePatience = 3 * time.Second

func (d *Desk) health(ctx context.Context, _ none) (any, error) { return d.Health(ctx), nil }

// Health asks after everything.
func (d *Desk) Health(ctx context.Context) Health {
	settings, err := d.parts.Live.Settings(ctx)
	report := d.parts.Live.Report()
	h := Health{Status: Healthy, Components: []Component{
		d.homeHealth(ctx, settings, report),
		configurationHealth(report),
		storeHealth(report, err),
		breakerHealth(d.parts.Gateway.Breakers()),
		d.memoryHealth(),
	}}
	for _, c := range h.Components {
		switch {
		case c.Status == Down:
			h.Status = Unhealthy
		case c.Status == Impaired && h.Status == Healthy:
			h.Status = Degraded
		}
	}
	return h
}

// HTTPHealth answers GET /health: 200, or 503 when something is down. A stranger
// is told no more than that.
func (d *Desk) HTTPHealth(ctx context.Context, request web.Request) (status int, answer any, err error) {
	h := d.Health(ctx)
	status = http.StatusOK
	if h.Status == Unhealthy {
		status = http.StatusServiceUnavailable
	}
	if !request.Operator {
		h.Components = nil
	}
	return status, h, nil
}

func (d *Desk) homeHealth(ctx context.Context, s config.Settings, r config.Report) Component {
	c := Component{Name: "home", Status: Up}
	switch {
	case s.Access.URL == "" && !said(r, "HOME_ASSISTANT_ENABLED"):
		c.Status, c.Detail = Down, "HOME_ASSISTANT_URL is not set, or cannot be used."
	case !s.HomeEnabled:
		c.Status, c.Detail = Off, "HOME_ASSISTANT_ENABLED is false."
	case s.Access.Token.Empty():
		c.Status, c.Detail = Unknown, "LEE has no token of its own to ask the home with."
	default:
		ctx, cancel := context.WithTimeout(ctx, pulsePatience)
		defer cancel()
		if err := d.parts.Pulse.Beat(ctx); err != nil {
			c.Status, c.Detail = Down, fault.Text(err)
		}
	}
	return c
}

// said says whether somebody gave a setting.
func said(r config.Report, variable string) bool {
	return slices.ContainsFunc(r.Settings, func(e setting.Entry) bool {
		return e.Variable == variable && e.Source != setting.FromDefault
	})
}

func configurationHealth(r config.Report) Component {
	c := Component{Name: "configuration", Status: Up}
	if n := len(r.Mistakes) + len(r.Refused); n > 0 {
		c.Status, c.Detail = Impaired, fmt.Sprintf("%d settings are wrong; the operation config names them.", n)
	}
	return c
}

func storeHealth(r config.Report, err error) Component {
	c := Component{Name: "parameter store", Status: Up}
	switch {
	case r.Store == nil:
		c.Status = Off
	case err != nil:
		c.Status, c.Detail = Down, fault.Text(err)
	case r.Store.Failure != "":
		c.Status, c.Detail = Impaired, r.Store.Failure+" What it said last is in force."
	}
	return c
}

func breakerHealth(breakers []gateway.BreakerReport) Component {
	c := Component{Name: "breakers", Status: Up}
	var open []string
	for _, b := range breakers {
		if b.State != ports.BreakerClosed {
			open = append(open, fmt.Sprintf("%s for %ss is %s", b.Endpoint, b.Class, b.State))
		}
	}
	if len(open) > 0 {
		c.Status, c.Detail = Impaired, "The breaker of "+strings.Join(open, ", that of ")+"."
	}
	return c
}

func (d *Desk) memoryHealth() Component {
	c := Component{Name: "memory", Status: Up}
	r := d.parts.Keeper.Report()
	if r.Threshold > 0 && r.InUse >= r.Threshold {
		c.Status, c.Detail = Impaired, fmt.Sprintf("%d MB are in use, and from %d on it is scarce.", r.InUse>>20, r.Threshold>>20)
	}
	return c
}
