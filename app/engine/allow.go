package engine

import (
	"context"
	"slices"
	"sync"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/correlation"
)

// Allow returns what says whether a custom skill may talk to the assistant, by the
// settings in force (Skill.Allowed). Where HA_SKILL_IDS names no skill every skill may,
// and the log says so once.
func Allow(live *config.Live, log *zap.Logger) func(ctx context.Context, application string) (bool, error) {
	var unguarded sync.Once
	return func(ctx context.Context, application string) (bool, error) {
		s, err := live.Settings(ctx)
		switch {
		case err != nil:
			return false, err
		case len(s.SkillIDs) > 0:
			return slices.Contains(s.SkillIDs, application), nil
		case live.Mistaken("HA_SKILL_IDS"):
			return false, nil
		}
		unguarded.Do(func() {
			log.Warn("HA_SKILL_IDS is not set: every custom skill may talk to the assistant that AWS lets call the function", correlation.Field(ctx),
				zap.String("skill", application))
		})
		return true, nil
	}
}
