package web

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Request is an HTTP request.
type Request struct {
	Method, Path string
	// ID is what the service that took the request calls it.
	ID string
	// Body is the request's body, decoded; nil for none.
	Body []byte
	// Operator says that it comes from an operator of the function, and not from a
	// stranger.
	Operator bool

	headers map[string]string
	iam     bool
}

// Header returns a header's value, "" for none. The name is in lower case.
func (r Request) Header(name string) string { return r.headers[name] }

// largestBody bounds what is read of a body.
const largestBody = 256 << 10

var errLarge = fault.Newf(fault.Invalid, "The request's body has more than %d bytes.", largestBody)

// event is what is read of an event in payload format 2.0.
type event struct {
	RawPath         string            `json:"rawPath"`
	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
	RequestContext  struct {
		RequestID string `json:"requestId"`
		Stage     string `json:"stage"`
		HTTP      *struct {
			Method string `json:"method"`
			Path   string `json:"path"`
		} `json:"http"`
		Authorizer struct {
			IAM *struct {
				AccountID string `json:"accountId"`
				UserARN   string `json:"userArn"`
			} `json:"iam"`
		} `json:"authorizer"`
	} `json:"requestContext"`
}

// parse reads an event. With an error the request is what could be read of it.
func parse(raw json.RawMessage) (Request, error) {
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		return Request{}, fault.Wrap(fault.Invalid, "The event is not an HTTP request of payload format 2.0.", err)
	}
	if e.RequestContext.HTTP == nil {
		return Request{}, fault.New(fault.Invalid, "The event is an HTTP request of another payload format than 2.0.")
	}
	request := Request{
		Method: strings.ToUpper(e.RequestContext.HTTP.Method), Path: e.path(), ID: e.RequestContext.RequestID,
		headers: make(map[string]string, len(e.Headers)), iam: e.byIAM(),
	}
	for name, value := range e.Headers {
		request.headers[strings.ToLower(name)] = value
	}
	body := []byte(e.Body)
	if e.IsBase64Encoded {
		decoded, err := base64.StdEncoding.DecodeString(e.Body)
		if err != nil {
			return request, fault.New(fault.Invalid, "The request's body is not valid Base64.")
		}
		body = decoded
	}
	if len(body) > largestBody {
		return request, errLarge
	}
	if len(body) > 0 {
		request.Body = body
	}
	return request, nil
}

// path returns the path without the stage of an API, and without a slash at its
// end.
func (e event) path() string {
	path := e.RawPath
	if path == "" {
		path = e.RequestContext.HTTP.Path
	}
	if stage := e.RequestContext.Stage; stage != "" && stage != "$default" {
		if rest, ok := strings.CutPrefix(path, "/"+stage); ok && (rest == "" || rest[0] == '/') {
			path = rest
		}
	}
	return "/" + strings.Trim(path, "/")
}

// byIAM says whether AWS IAM has let the request in. Lambda and API Gateway write
// this part of the event themselves; the sender of a request cannot.
func (e event) byIAM() bool {
	iam := e.RequestContext.Authorizer.IAM
	return iam != nil && iam.AccountID != "" && iam.UserARN != ""
}
