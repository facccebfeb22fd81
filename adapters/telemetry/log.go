// Package telemetry writes LEE's log as JSON lines, the form that CloudWatch
// Logs reads.
package telemetry

import (
	"io"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Level is the least important level that is written.
type Level = zapcore.Level

// NewLog returns a log that writes lines of at least the given level to out. It
// is safe for concurrent use; out need not be. A line is written when it is
// made: nothing waits in a buffer while Lambda freezes the process.
func NewLog(out io.Writer, level Level) *zap.Logger {
	encoder := zapcore.NewJSONEncoder(zapcore.EncoderConfig{
		TimeKey:        "time",
		LevelKey:       "level",
		MessageKey:     "message",
		EncodeTime:     zapcore.RFC3339NanoTimeEncoder,
		EncodeLevel:    zapcore.CapitalLevelEncoder,
		EncodeDuration: zapcore.MillisDurationEncoder,
	})
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(out)), level))
}
