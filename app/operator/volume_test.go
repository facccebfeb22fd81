package operator_test

import (
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/operator"
)

// TestVolume: debug logs everything, whatever the settings say and change meanwhile.
// Without it the settings hold.
func TestVolume(t *testing.T) {
	v := operator.NewVolume(config.Settings{LogLevel: config.LevelWarning})
	for _, step := range []struct {
		what  string
		do    func()
		name  string
		least zapcore.Level
	}{
		{"at first", func() {}, "WARNING", zap.WarnLevel},
		{"with debug", func() { v.SetDebug(true) }, "DEBUG", zap.DebugLevel},
		{"with debug, by other settings", func() { v.Follow(config.Settings{LogLevel: config.LevelError}) }, "DEBUG", zap.DebugLevel},
		{"without debug", func() { v.SetDebug(false) }, "ERROR", zap.ErrorLevel},
		{"by settings that say critical", func() { v.Follow(config.Settings{LogLevel: config.LevelCritical}) }, "CRITICAL", zap.DPanicLevel},
		{"by settings that say debug", func() { v.Follow(config.Settings{Debug: true}) }, "DEBUG", zap.DebugLevel},
	} {
		step.do()
		if v.Level() != step.name || !v.Enabler().Enabled(step.least) || step.least > zap.DebugLevel && v.Enabler().Enabled(step.least-1) {
			t.Errorf("%s the level is %s, and %v is logged: %t", step.what, v.Level(), step.least, v.Enabler().Enabled(step.least))
		}
	}
}
