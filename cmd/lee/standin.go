package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// standIn says why the failsafe answers in the engine's place: what it says of its
// health tells. It is "" where the engine answers.
func standIn(ctx context.Context, f *lambdaapi.Function) (string, error) {
	result, err := f.Invoke(ctx, []byte(`{"operation":"health"}`))
	switch {
	case err != nil:
		return "", err
	case result.Error != nil:
		return "", result.Error
	}
	var health struct {
		Components []struct{ Name, Detail string }
	}
	if err := json.Unmarshal(result.Payload, &health); err != nil {
		return "", err
	}
	for _, c := range health.Components {
		if c.Name == "failsafe" {
			return strings.TrimPrefix(c.Detail, "The failsafe answers: "), nil
		}
	}
	return "", nil
}
