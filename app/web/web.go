// Package web answers HTTP requests, as a function URL or an HTTP API of API
// Gateway hands them to a function (payload format 2.0:
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html). It knows
// who asks and which route answers; what the routes do is not its own.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Handler answers a request: with a status, and a value that is written as JSON.
// Its error is a *fault.Error, of which an operator is told kind and text and a
// stranger nothing.
type Handler func(context.Context, Request) (status int, answer any, err error)

// Route is a path and who answers there.
type Route struct {
	// Method is GET or POST. A route for GET also answers HEAD.
	Method string
	// Path begins with a slash and ends without one.
	Path string
	// Open lets strangers in: the handler must look at Request.Operator.
	Open   bool
	Handle Handler
}

// Router is a table of routes. Make one with New. It is safe for concurrent use.
type Router struct {
	// routes are by path and then by method.
	routes map[string]map[string]Route
	secret func(context.Context) secret.Text
}

// New returns a router. operatorSecret returns what operators show who do not
// come by way of AWS IAM; empty for nobody.
func New(routes []Route, operatorSecret func(context.Context) secret.Text) *Router {
	r := &Router{routes: map[string]map[string]Route{}, secret: operatorSecret}
	for _, route := range routes {
		if r.routes[route.Path] == nil {
			r.routes[route.Path] = map[string]Route{}
		}
		r.routes[route.Path][route.Method] = route
		if route.Method == http.MethodGet {
			r.routes[route.Path][http.MethodHead] = route
		}
	}
	return r
}

// Answer answers the request that is in event. The response is always valid; the
// error is what it reports, for the log, and nil when all went well.
func (r *Router) Answer(ctx context.Context, event json.RawMessage) (Request, Response, error) {
	request, err := parse(event)
	switch {
	case errors.Is(err, errLarge):
		return request, r.refusal(request, http.StatusRequestEntityTooLarge, err), err
	case err != nil:
		return request, r.refusal(request, http.StatusBadRequest, err), err
	}
	status, answer, header, err := r.dispatch(ctx, &request)
	if err != nil {
		response := r.refusal(request, status, err)
		maps.Copy(response.Headers, header)
		return request, response, err
	}
	return request, write(request, status, answer), nil
}

// The refusals that are the router's own.
var (
	errNoPath   = fault.New(fault.NotFound, "There is nothing at this path.")
	errNoMethod = fault.New(fault.Invalid, "This path does not take this method.")
	errStranger = fault.New(fault.Invalid, "The request shows nothing that lets it in.")
	errRejected = fault.New(fault.Invalid, "What the request shows does not let it in.")
)

// dispatch finds the route and has it answer. Who may not go in is not told
// whether the method would have been right.
func (r *Router) dispatch(ctx context.Context, request *Request) (status int, answer any, header map[string]string, err error) {
	methods := r.routes[request.Path]
	if methods == nil {
		return http.StatusNotFound, nil, nil, errNoPath
	}
	credential := r.check(ctx, request)
	request.Operator = credential == accepted
	route, ok := methods[request.Method]
	if !open(methods) && !request.Operator {
		if credential == none {
			return http.StatusUnauthorized, nil, map[string]string{"www-authenticate": "Bearer"}, errStranger
		}
		return http.StatusForbidden, nil, nil, errRejected
	}
	if !ok {
		return http.StatusMethodNotAllowed, nil, map[string]string{"allow": allowed(methods)}, errNoMethod
	}
	status, answer, err = route.Handle(ctx, *request)
	if err != nil {
		status = statusOf(err)
	}
	return status, answer, nil, err
}

// open says whether strangers may come to a path.
func open(methods map[string]Route) bool {
	for _, route := range methods {
		if route.Open {
			return true
		}
	}
	return false
}

func allowed(methods map[string]Route) string {
	names := make([]string, 0, len(methods))
	for name := range methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// statusOf returns the status for a handler's failure.
func statusOf(err error) int {
	switch fault.Of(err) {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Unreachable, fault.Unanswered, fault.Open, fault.Throttled, fault.Deadline, fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}
