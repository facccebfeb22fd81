package config

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/invocation"
)

// WatchName warns of an assistant's name that Amazon would not take or Alexa would
// not understand: now, and when the Parameter Store gives it another one.
func WatchName(first Settings, log *zap.Logger, c *Changes) {
	warn := func(ctx context.Context, s Settings) {
		if found := invocation.Check(s.AssistantName, s.Terms.House.Locale); found != nil {
			log.Warn("HA_ASSISTANT_NAME is no good name to call a skill by", correlation.Field(ctx), zap.Stringers("findings", found))
		}
	}
	warn(context.Background(), first)
	c.Follow(func(ctx context.Context, before, after Settings) {
		if before.AssistantName != after.AssistantName || before.Terms.House.Locale != after.Terms.House.Locale {
			warn(ctx, after)
		}
	})
}
