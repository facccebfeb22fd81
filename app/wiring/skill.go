package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/alexaapi"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/rooms"
	"github.com/lambda-execution-engine/lee/domain/assistant"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// newConversation returns the face of the home's own assistant.
func newConversation(g *gateway.Gateway, lazy *lifecycle.Lazy[gateway.HomeAssistant]) ports.Conversation {
	return gateway.Conversation{Port: gateway.NewPort(g, lazy)}
}

// newProgress returns what is said while an answer is being made. That is rare, and
// the way to it is closed as soon as an event has passed it by.
func newProgress(g *gateway.Gateway, clock ports.Clock) (*lifecycle.Lazy[ports.Progress], ports.Progress) {
	load := func(context.Context) (ports.Progress, error) { return alexaapi.New(), nil }
	lazy := lifecycle.NewLazy("progress", lifecycle.Immediate(), clock, load, closed[ports.Progress])
	return lazy, gateway.Progress{Port: gateway.NewPort(g, lazy)}
}

// newRooms returns which Echo stands in which room.
func newRooms(live *config.Live, keeper ports.ParameterKeeper, clock ports.Clock, log *zap.Logger) ports.Rooms {
	return rooms.New(live.Settings, keeper, clock, log)
}

// newAssistant returns who answers when people talk to the skill by its name.
func newAssistant(
	live *config.Live, home ports.Home, registry ports.Registry, conversation ports.Conversation,
	rooms ports.Rooms, progress ports.Progress, clock ports.Clock, log *zap.Logger,
) *assistant.Service {
	return assistant.New(assistant.Parts{
		Terms: func(ctx context.Context) (assistant.Terms, error) {
			s, err := live.Settings(ctx)
			if err == nil {
				err = s.NoHome(live.Mistaken)
			}
			return terms(s), err
		},
		Explain: func(ctx context.Context, p assistant.Pick) {
			if debug := log.Check(zap.DebugLevel, "picked"); debug != nil {
				debug.Write(correlation.Field(ctx), zap.String("intent", p.Intent), zap.String("slot", p.Slot), zap.Stringer("match", p.Match),
					zap.Int("score", p.Score), zap.Int("among", p.Among), zap.Int("found", p.Found), zap.Bool("elsewhere", p.Elsewhere))
			}
		},
		Home: home, Registry: registry, Conversation: conversation, Rooms: rooms, Progress: progress, Clock: clock,
	})
}

// terms are what the assistant answers by where these settings are in force.
func terms(s config.Settings) assistant.Terms {
	return assistant.Terms{
		Name: s.AssistantName, Filter: s.Terms.Filter, Names: s.Terms.Names,
		Features: map[intent.Feature]bool{
			intent.FeatureAutomations:   s.Features.Has(setting.FeatureAutomations),
			intent.FeatureScripts:       s.Features.Has(setting.FeatureScripts),
			intent.FeatureInputHelpers:  s.Features.Has(setting.FeatureInputHelpers),
			intent.FeatureNotifications: s.Features.Has(setting.FeatureNotifications),
			intent.FeatureConversation:  s.Features.Has(setting.FeatureConversation),
		},
		Agent: s.ConversationAgent, Linked: s.Access.Token.Empty(),
	}
}

// newSkill returns the assistant as the engine asks it.
func newSkill(live *config.Live, a *assistant.Service, log *zap.Logger) engine.Skill {
	return engine.Skill{Allowed: engine.Allow(live, log), Answer: a.Handle}
}
