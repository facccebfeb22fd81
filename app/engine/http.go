package engine

import (
	"context"
	"encoding/json"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// request answers an HTTP request.
func (e *Engine) request(ctx context.Context, _, event json.RawMessage) outcome {
	done := outcome{event: "http", failed: func(error) any { return web.Failed() }}
	if e.parts.HTTP == nil {
		done.err = fault.New(fault.Unsupported, "LEE answers no HTTP requests here.")
		done.answer = done.failed(done.err)
		return done
	}
	type reply struct {
		request  web.Request
		response web.Response
		err      error // what the response reports
	}
	r, err := guarded(ctx, e.parts.Budget.Grace, func(ctx context.Context) (r reply, err error) {
		r.request, r.response, r.err = e.parts.HTTP.Answer(ctx, event)
		return r, nil
	})
	if err != nil {
		done.answer, done.err = done.failed(err), err
		return done
	}
	r.response.Headers["x-correlation-id"] = correlation.ID(ctx)
	done.what = clip(r.request.Method + " " + r.request.Path)
	done.answer, done.err = r.response, r.err
	done.about = []zap.Field{
		zap.String("path", done.what), zap.Int("status", r.response.StatusCode),
		zap.Bool("operator", r.request.Operator), zap.String("httpRequest", clip(r.request.ID)),
	}
	return done
}
