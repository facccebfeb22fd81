package gateway

// RoundTrips returns how many requests went to the home: every attempt is one, and
// a conversation over WebSocket is one. What was answered from the cache is none,
// nor is what somebody else's call brought.
func (t *Trace) RoundTrips() (n int) {
	if t == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.trips
}

// Travel adds requests that went to the home on behalf of this invocation and were
// noted in a trace of their own. It may be called on nil.
func (t *Trace) Travel(trips int) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.trips += trips
}

// travelled notes requests that went to the home.
func (s *span) travelled(trips int) {
	if s != nil {
		s.trace.Travel(trips)
	}
}
