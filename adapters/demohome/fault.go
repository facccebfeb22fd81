package demohome

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Moment is a point in a request's life.
type Moment int

// Never is the zero Moment. Before is when the request has been read and nothing
// has come of it, After when the house has done what it asks and has not
// answered.
const (
	Never Moment = iota
	Before
	After
)

// Fault makes requests fail. Its fields can be combined; what happens before
// happens first.
type Fault struct {
	// On is what the path of the requests begins with that it hits, "/api/services/"
	// say; empty hits all.
	On string
	// Times is how many requests it hits before it is over; zero hits all until
	// Mend.
	Times int
	// Delay is how long the request waits before anything else.
	Delay time.Duration
	// Hang holds the connection without an answer, until the one who asked goes
	// or the house is closed.
	Hang Moment
	// Drop closes the connection without an answer.
	Drop Moment
	// Answer is given instead of the house's own; nil gives that.
	Answer *Answer
	// AnswerAt says whether the house is asked before it: After lets the call
	// happen and then answers with Answer, as a proxy does that gave up waiting.
	AnswerAt Moment

	hits atomic.Int64
}

// Answer is an answer that is not the house's.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Inject adds a fault. Of several that match a request, the one injected last
// hits it. The Fault must not be changed afterwards.
func (h *House) Inject(f *Fault) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = append(h.faults, f)
}

// Mend takes all faults away. Requests that hang go on hanging.
func (h *House) Mend() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = nil
}

// Hits returns how many requests the fault has hit.
func (f *Fault) Hits() int { return int(f.hits.Load()) }

// fault returns the fault that hits a request, nil for none.
func (h *House) fault(r *http.Request) *Fault {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := len(h.faults) - 1; i >= 0; i-- {
		f := h.faults[i]
		if !strings.HasPrefix(r.URL.Path, f.On) || f.Times > 0 && f.Hits() >= f.Times {
			continue
		}
		f.hits.Add(1)
		return f
	}
	return nil
}

// withFaults answers a request with next, or with what a fault makes of it.
func (h *House) withFaults(w http.ResponseWriter, r *http.Request, next func(http.ResponseWriter)) {
	f := h.fault(r)
	if f == nil {
		next(w)
		return
	}
	// net/http notices that the one who asked has gone only once the body is read.
	read, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(read))
	if f.Delay > 0 {
		h.sleep(r, f.Delay)
	}
	happen := func(now Moment) bool {
		if f.Hang == now {
			select {
			case <-r.Context().Done():
			case <-h.closing:
			}
		}
		if f.Hang == now || f.Drop == now {
			panic(http.ErrAbortHandler) // net/http's way to close a connection
		}
		if f.Answer != nil && (f.AnswerAt == now || f.AnswerAt == Never && now == Before) {
			f.Answer.send(w)
			return true
		}
		return false
	}
	if happen(Before) {
		return
	}
	if f.Hang != After && f.Drop != After && f.AnswerAt != After {
		next(w)
		return
	}
	next(nowhere{http.Header{}})
	happen(After)
}

func (a *Answer) send(w http.ResponseWriter) {
	for name, v := range a.Header {
		w.Header()[name] = v
	}
	send(w, a.Status, []byte(a.Body))
}

// nowhere takes an answer that nobody is to see.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}
