package wiring

import (
	"sync"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/operator"
)

// levels are zap's levels by ours.
var levels = map[config.LogLevel]telemetry.Level{
	config.LevelDebug: zap.DebugLevel, config.LevelInfo: zap.InfoLevel, config.LevelWarning: zap.WarnLevel,
	config.LevelError: zap.ErrorLevel, config.LevelCritical: zap.DPanicLevel,
}

// volume is how much is logged: what the settings say, or everything.
type volume struct {
	level zap.AtomicLevel // the log's own

	mu    sync.Mutex
	debug bool
	said  config.LogLevel
}

var _ operator.Volume = (*volume)(nil)

func newVolume(i initial) *volume {
	v := &volume{level: zap.NewAtomicLevel()}
	v.follow(*i.Settings)
	return v
}

// follow goes by other settings.
func (v *volume) follow(s config.Settings) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said = s.Level()
	v.apply()
}

// SetDebug implements operator.Volume.
func (v *volume) SetDebug(on bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.debug = on
	v.apply()
}

func (v *volume) apply() {
	if v.debug {
		v.level.SetLevel(zap.DebugLevel)
	} else {
		v.level.SetLevel(levels[v.said])
	}
}

// Level implements operator.Volume.
func (v *volume) Level() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.debug {
		return config.LevelDebug.String()
	}
	return v.said.String()
}
