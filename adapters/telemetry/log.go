// Package telemetry writes LEE's log and its metrics as JSON lines, the forms
// that CloudWatch reads.
package telemetry

import (
	"io"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// NewLog returns a log that writes lines of at least the given level to out. The level
// may change while the log is in use (zap.AtomicLevel). The log is safe for concurrent
// use; out need not be. A line is written when it is made: nothing waits in a buffer
// while Lambda freezes the process.
func NewLog(out io.Writer, level zapcore.LevelEnabler) *zap.Logger {
	encoder := zapcore.NewJSONEncoder(zapcore.EncoderConfig{
		TimeKey:        "time",
		LevelKey:       "level",
		MessageKey:     "message",
		EncodeTime:     zapcore.RFC3339NanoTimeEncoder,
		EncodeLevel:    zapcore.CapitalLevelEncoder,
		EncodeDuration: milliseconds,
	})
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(out)), level))
}

// milliseconds writes a duration in milliseconds, to the microsecond: most of what
// LEE does takes less than one.
func milliseconds(d time.Duration, to zapcore.PrimitiveArrayEncoder) {
	to.AppendFloat64(float64(d.Round(time.Microsecond)) / float64(time.Millisecond))
}
