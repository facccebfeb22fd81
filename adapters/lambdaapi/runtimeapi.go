package lambdaapi

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// MaxResponse is the largest answer that Lambda takes, in bytes: 6 MiB and
// a hundred bytes, as the error message of Lambda says.
const MaxResponse = 6<<20 + 100

// Headers of the Runtime API.
const (
	headerRequestID   = "Lambda-Runtime-Aws-Request-Id"
	headerDeadline    = "Lambda-Runtime-Deadline-Ms"
	headerFunctionARN = "Lambda-Runtime-Invoked-Function-Arn"
	headerTraceID     = "Lambda-Runtime-Trace-Id"
	headerErrorType   = "Lambda-Runtime-Function-Error-Type"
	trailerErrorBody  = "Lambda-Runtime-Function-Error-Body"
)

// runtimeRoutes serves the Runtime API, version 2018-06-01, to the runtime whose
// session the request's connection belongs to.
func runtimeRoutes(mux *http.ServeMux) {
	const root = "/2018-06-01/runtime"
	mux.HandleFunc("GET "+root+"/invocation/next", withSession(serveNext))
	mux.HandleFunc("POST "+root+"/invocation/{id}/response", withSession(serveResponse))
	mux.HandleFunc("POST "+root+"/invocation/{id}/error", withSession(serveError))
	mux.HandleFunc("POST "+root+"/init/error", withSession(serveInitError))
}

func withSession(serve func(*session, http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s := sessionOf(r.Context())
		if s == nil {
			writeFault(w, http.StatusForbidden, "InvalidStateTransition", "No runtime was started")
			return
		}
		serve(s, w, r)
	}
}

func serveNext(s *session, w http.ResponseWriter, r *http.Request) {
	inv, err := s.next(r.Context())
	if err != nil {
		writeSessionFault(w, err)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(inv.event)))
	header.Set(headerRequestID, inv.id)
	header.Set(headerDeadline, strconv.FormatInt(inv.deadline.UnixMilli(), 10))
	header.Set(headerFunctionARN, inv.arn)
	header.Set(headerTraceID, inv.traceID)
	_, _ = w.Write(inv.event) // a runtime that hung up is noticed by its end
}

func serveResponse(s *session, w http.ResponseWriter, r *http.Request) {
	serveAnswer(s, w, r, func([]byte) *FunctionError {
		if r.Trailer.Get(headerErrorType) == "" {
			return nil
		}
		// The function failed while its answer was being sent.
		body, _ := base64.StdEncoding.DecodeString(r.Trailer.Get(trailerErrorBody)) // the type is enough
		return reported(r.Trailer, body)
	})
}

func serveError(s *session, w http.ResponseWriter, r *http.Request) {
	serveAnswer(s, w, r, func(body []byte) *FunctionError { return reported(r.Header, body) })
}

// serveAnswer reads what ends the invocation; failure finds the function's own
// error in it. Too large or broken off, it ends the invocation all the same.
func serveAnswer(s *session, w http.ResponseWriter, r *http.Request, failure func(body []byte) *FunctionError) {
	inv, err := s.begin(r.PathValue("id"))
	if err != nil {
		writeSessionFault(w, err)
		return
	}
	body, err := readAnswer(r.Body)
	switch {
	case errors.Is(err, errTooLarge):
		s.finish(inv, nil, failed(TypeResponseTooLarge,
			fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", MaxResponse)))
		writeTooLarge(w)
	case err != nil:
		s.finish(inv, nil, failed(TypeTruncated, "The response ended before it was complete."))
		writeFault(w, http.StatusBadRequest, "TruncatedHTTPRequest", "HTTP request detected as truncated")
	default:
		s.finish(inv, body, failure(body))
		writeAccepted(w)
	}
}

func serveInitError(s *session, w http.ResponseWriter, r *http.Request) {
	body, err := readAnswer(r.Body)
	if errors.Is(err, errTooLarge) {
		writeTooLarge(w)
		return
	}
	// A report that broke off is still a report.
	if err := s.refuse(reported(r.Header, body)); err != nil {
		writeSessionFault(w, err)
		return
	}
	writeAccepted(w)
}

var errTooLarge = errors.New("lambdaapi: larger than allowed")

// readAnswer reads up to MaxResponse bytes. It drains what is more, since
// a runtime reads its 413 only after it has sent everything.
func readAnswer(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, MaxResponse+1))
	if err != nil {
		return body, err
	}
	if len(body) > MaxResponse {
		_, _ = io.Copy(io.Discard, r) // its end does not matter
		return nil, errTooLarge
	}
	return body, nil
}

func writeSessionFault(w http.ResponseWriter, err error) {
	if errors.Is(err, errUnknownRequest) {
		writeFault(w, http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
		return
	}
	// Out of order, or said to a runtime that is gone and will not read it.
	writeFault(w, http.StatusForbidden, "InvalidStateTransition", err.Error())
}

func writeTooLarge(w http.ResponseWriter) {
	writeFault(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge",
		fmt.Sprintf("Exceeded maximum allowed payload size (%d bytes).", MaxResponse))
}

func writeAccepted(w http.ResponseWriter) {
	writeJSON(w, http.StatusAccepted, map[string]string{"status": "OK"})
}

func writeFault(w http.ResponseWriter, status int, kind, message string) {
	writeJSON(w, status, map[string]string{"errorType": kind, "errorMessage": message})
}

func writeJSON(w http.ResponseWriter, status int, value map[string]string) {
	body, _ := json.Marshal(value) // strings always marshal
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that hung up needs no answer
}
