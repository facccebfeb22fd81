package home

import "errors"

// Phase is how far the home is with its start, in Home Assistant's words: `state` in
// GET /api/config and GET /api/core/state. "" where the home does not say, as older
// versions do not.
type Phase string

// Running is the phase in which all of the home's entities are there.
const Running Phase = "RUNNING"

// Starting says whether the home says that it is not running yet. For some seconds
// after its start it answers and knows few of its entities.
func (p Phase) Starting() bool { return p != "" && p != Running }

// ErrStarting is in the chain of an error about a home that is still starting: an
// entity that it does not know may be there in a moment.
var ErrStarting = errors.New("the home is still starting")
