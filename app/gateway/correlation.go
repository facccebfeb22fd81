package gateway

import "context"

type correlationKey struct{}

// WithCorrelation returns a context whose crossings are logged under id.
func WithCorrelation(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, correlationKey{}, id)
}

// Correlation returns the id that the context's crossings are logged under, ""
// when it has none.
func Correlation(ctx context.Context) string {
	id, _ := ctx.Value(correlationKey{}).(string)
	return id
}
