package engine

import (
	"context"
	"encoding/json"

	"github.com/lambda-execution-engine/lee/ports"
)

// Status is the answer to the operation ha_status.
type Status struct {
	// Status is "connected"; a home that is not gives an error instead.
	Status  string `json:"status"`
	Version string `json:"version"`
	Name    string `json:"name"`
}

// HomeStatus returns the operation ha_status: it asks the home what it is.
func HomeStatus(house ports.House) Operation {
	return func(ctx context.Context, _ json.RawMessage) (any, error) {
		config, err := house.Config(ctx)
		if err != nil {
			return nil, err
		}
		return Status{"connected", config.Version, config.Name}, nil
	}
}
