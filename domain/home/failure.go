package home

import (
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// The faults of a home, in the words of the engine and of the failsafe. Each call returns a
// new one.

// StatusFault returns the fault for an answer whose HTTP status alone says what is wrong.
// command says that the request was a command. A status that has no meaning for Home
// Assistant gives the fault of Strange.
func StatusFault(status int, command bool) *fault.Error {
	switch {
	case status == 429:
		return fault.New(fault.Throttled, "The home asks to be left alone for a moment.")
	case status == 500:
		return fault.New(fault.Failed, "Home Assistant tried and could not do it.")
	case command && (status == 504 || status == 524): // 524 is Cloudflare's
		return fault.New(fault.Unanswered, "The home did not answer in time.")
	case status >= 500:
		return fault.Newf(fault.Unreachable, "What stands in front of Home Assistant cannot reach it (HTTP status %d).", status)
	case status >= 300 && status < 400:
		return fault.New(fault.Unreachable, "HOME_ASSISTANT_URL redirects to another address. LEE does not follow redirects; use the final URL.")
	default:
		return Strange(status)
	}
}

// Strange is the fault for an answer that Home Assistant never gives.
func Strange(status int) *fault.Error {
	return fault.Newf(fault.Unreachable, "What answers at HOME_ASSISTANT_URL is not Home Assistant (HTTP status %d).", status)
}

// NoSuchEntity is the fault for an entity that the home does not know.
func NoSuchEntity() *fault.Error {
	return fault.New(fault.NotFound, "The home has no such device any more.")
}

// StillStarting is the fault of a home that has not started yet. It wraps ErrStarting.
func StillStarting() *fault.Error {
	return fault.Wrap(fault.Unreachable, "Home Assistant is still starting.", ErrStarting)
}

// NoToken is the fault for a request when LEE has no token to show.
func NoToken() *fault.Error {
	return fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN is not set, and the request brought no token.")
}

// WantsCertificate is the fault of a home whose demand for a client certificate is not met
// (Demand.Unmet). cause is the error of the connection; nil where it is not kept.
func WantsCertificate(cause error) *fault.Error {
	return fault.Wrap(fault.Unreachable, "The home demands a client certificate and does not take what LEE shows (HOME_ASSISTANT_CLIENT_CERT).", cause)
}
