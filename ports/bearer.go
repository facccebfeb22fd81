package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

type bearerKey struct{}

// WithBearer returns a context that carries the token that came with a request.
// It belongs to that request alone.
func WithBearer(ctx context.Context, token secret.Text) context.Context {
	if token.Empty() {
		return ctx
	}
	return context.WithValue(ctx, bearerKey{}, token)
}

// Bearer returns the token that the context carries, empty when it has none.
func Bearer(ctx context.Context) secret.Text {
	token, _ := ctx.Value(bearerKey{}).(secret.Text)
	return token
}
