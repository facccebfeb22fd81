package operator

import (
	"sync"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/config"
)

// levels are zap's levels by ours.
var levels = map[config.LogLevel]zapcore.Level{
	config.LevelDebug: zap.DebugLevel, config.LevelInfo: zap.InfoLevel, config.LevelWarning: zap.WarnLevel,
	config.LevelError: zap.ErrorLevel, config.LevelCritical: zap.DPanicLevel,
}

// Volume is how much is logged: what the settings say, or everything. Make one with
// NewVolume. It is safe for concurrent use.
type Volume struct {
	level zap.AtomicLevel // the log's own

	mu    sync.Mutex
	debug bool
	said  config.LogLevel
}

// NewVolume returns the volume by these settings.
func NewVolume(s config.Settings) *Volume {
	v := &Volume{level: zap.NewAtomicLevel()}
	v.Follow(s)
	return v
}

// Enabler returns what tells the log which lines it writes.
func (v *Volume) Enabler() zapcore.LevelEnabler { return v.level }

// Follow goes by other settings.
func (v *Volume) Follow(s config.Settings) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said = s.Level()
	v.apply()
}

// SetDebug has everything logged, or as much as the settings say.
func (v *Volume) SetDebug(on bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.debug = on
	v.apply()
}

func (v *Volume) apply() {
	if v.debug {
		v.level.SetLevel(zap.DebugLevel)
	} else {
		v.level.SetLevel(levels[v.said])
	}
}

// Level returns the least important level that is logged, "INFO".
func (v *Volume) Level() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.debug {
		return config.LevelDebug.String()
	}
	return v.said.String()
}
