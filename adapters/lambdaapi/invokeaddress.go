package lambdaapi

import (
	"errors"
	"io"
	"net/http"
	"strconv"
)

// MaxEvent is the largest event that Lambda's Invoke operation takes, in bytes.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
const MaxEvent = 6 << 20

// invokePath is where Amazon's Runtime Interface Emulator serves its function.
const invokePath = "/2015-03-31/functions/function/invocations"

// serveInvoke invokes the function with the request's body, whatever it holds.
// Like Lambda it answers an error of the function with 200 and the header
// X-Amz-Function-Error; like the emulator it answers 502 when the process
// failed with it.
func (f *Function) serveInvoke(w http.ResponseWriter, r *http.Request) {
	event, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxEvent))
	if err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			err = ErrEventTooLarge
		}
		writeInvokeFault(w, err)
		return
	}
	result, err := f.Invoke(r.Context(), event)
	if err != nil {
		writeInvokeFault(w, err)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(result.Payload)))
	header.Set("X-Amzn-Requestid", result.RequestID)
	header.Set("X-Amz-Executed-Version", version)
	status := http.StatusOK
	if result.Error != nil {
		header.Set("X-Amz-Function-Error", "Unhandled")
		if result.Exit != "" && result.Error.Type != TypeTimedOut {
			status = http.StatusBadGateway
		}
	}
	w.WriteHeader(status)
	_, _ = w.Write(result.Payload) // a caller that hung up needs no answer
}

// writeInvokeFault answers a call that did not become an invocation, in the form of Lambda's service errors.
func writeInvokeFault(w http.ResponseWriter, err error) {
	status, kind := http.StatusBadRequest, "InvalidRequestContentException"
	switch {
	case errors.Is(err, ErrEventTooLarge):
		status, kind = http.StatusRequestEntityTooLarge, "RequestTooLargeException"
	case errors.Is(err, ErrClosed):
		status, kind = http.StatusServiceUnavailable, "ServiceException"
	}
	w.Header().Set("X-Amzn-Errortype", kind)
	writeJSON(w, status, map[string]string{"Type": "User", "message": err.Error()})
}
