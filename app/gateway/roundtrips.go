package gateway

// RoundTrips returns how many requests went to the home: every attempt is one, and
// a conversation over WebSocket is one. What was answered from the cache is none,
// nor is what another invocation's call brought.
func (t *Trace) RoundTrips() (n int) {
	if t == nil {
		return 0
	}
	return int(t.trips.Load())
}

// Travel adds requests that went to the home on behalf of this invocation and were
// noted in a trace of their own. It may be called on nil.
func (t *Trace) Travel(trips int) {
	if t != nil {
		t.trips.Add(int64(trips))
	}
}
