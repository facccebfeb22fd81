package web

import (
	"encoding/json"
	"net/http"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Response is an answer in payload format 2.0.
type Response struct {
	StatusCode int               `json:"statusCode"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
}

// failure is the body of an answer that reports an error.
type failure struct {
	Error failureReason `json:"error"`
}

type failureReason struct {
	Kind    string `json:"kind,omitempty"`
	Message string `json:"message"`
}

// refusal is the response that reports err. A stranger is told the status in
// words and nothing else.
func (r *Router) refusal(request Request, status int, err error) Response {
	reason := failureReason{Message: http.StatusText(status)}
	if request.Operator {
		reason = failureReason{fault.Of(err).String(), fault.Text(err)}
	}
	return write(request, status, failure{reason})
}

// write returns the response with a status and a value as its body.
func write(request Request, status int, value any) Response {
	body, err := json.Marshal(value)
	if err != nil { // a value of ours that JSON cannot write
		status, body = http.StatusInternalServerError, []byte(`{"error":{"message":"Internal Server Error"}}`)
	}
	response := Response{StatusCode: status, Body: string(body), Headers: map[string]string{
		"content-type":           "application/json; charset=utf-8",
		"cache-control":          "no-store",
		"x-content-type-options": "nosniff",
	}}
	if request.Method == http.MethodHead {
		response.Body = ""
	}
	return response
}

// Failed is the response to a request that could not be handled at all.
func Failed() Response {
	return write(Request{}, http.StatusInternalServerError, failure{failureReason{Message: http.StatusText(http.StatusInternalServerError)}})
}

// Away is the response of a function that takes no requests for now.
func Away() Response {
	return write(Request{}, http.StatusServiceUnavailable, failure{failureReason{Message: http.StatusText(http.StatusServiceUnavailable)}})
}
