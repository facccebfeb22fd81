package correlation_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/correlation"
)

// invocation is known as its first word; the others are its crumbs.
type invocation string

func (i invocation) ID() string { return strings.Fields(string(i))[0] }

func (i invocation) MarshalLogArray(to zapcore.ArrayEncoder) error {
	for _, crumb := range strings.Fields(string(i))[1:] {
		to.AppendString(crumb)
	}
	return nil
}

func TestFields(t *testing.T) {
	alone := context.Background()
	within := correlation.With(alone, invocation("id-1 a b"))
	other := correlation.With(within, invocation("id-2"))
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		field zap.Field
		want  string
	}{
		"no invocation":             {correlation.Field(alone), `{}`},
		"an invocation":             {correlation.Field(within), `{"correlation":"id-1"}`},
		"another one":               {correlation.Field(other), `{"correlation":"id-2"}`},
		"a failure":                 {correlation.Failure(within, broken), `{"error":"broken","correlation":"id-1","crumbs":["a","b"]}`},
		"a failure without error":   {correlation.Failure(within, nil), `{"correlation":"id-1","crumbs":["a","b"]}`},
		"a failure, no crumbs":      {correlation.Failure(other, broken), `{"error":"broken","correlation":"id-2","crumbs":[]}`},
		"a failure, no invocation":  {correlation.Failure(alone, broken), `{"error":"broken"}`},
		"nothing and no invocation": {correlation.Failure(alone, nil), `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			log := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zapcore.EncoderConfig{}), zapcore.AddSync(&out), zap.DebugLevel))
			log.Info("", c.field)
			if got := strings.TrimSpace(out.String()); got != c.want {
				t.Errorf("logged %s, want %s", got, c.want)
			}
		})
	}
}

func TestOf(t *testing.T) {
	ctx := context.Background()
	if correlation.Of(ctx) != nil || correlation.ID(ctx) != "" {
		t.Error("a context without an invocation has one")
	}
	ctx = correlation.With(ctx, invocation("id-1"))
	if correlation.Of(ctx) != invocation("id-1") || correlation.ID(ctx) != "id-1" {
		t.Errorf("the context's invocation is %v", correlation.Of(ctx))
	}
}
