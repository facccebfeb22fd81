package ports

import "context"

type spokenKey struct{}

// WithSpoken returns a context for what is done because somebody has said so. What the
// home says of it may repeat the words, and is in no error: an adapter says it in words
// of its own.
func WithSpoken(ctx context.Context) context.Context {
	return context.WithValue(ctx, spokenKey{}, true)
}

// Spoken says whether the context is one of WithSpoken.
func Spoken(ctx context.Context) bool {
	spoken, _ := ctx.Value(spokenKey{}).(bool)
	return spoken
}
