package gateway

import "strings"

// RoundTrips returns how many requests went to the home, as far as the trace has
// kept its crumbs. What was answered from the cache is none.
func (t *Trace) RoundTrips() (n int) {
	if t == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := max(t.next-len(t.crumbs), 0); i < t.next; i++ {
		if c := t.slot(i); !c.Cached && goesHome(c.Name) {
			n += c.Attempts
		}
	}
	return n
}

// goesHome says whether a crumb is of an operation on the home.
func goesHome(crumb string) bool {
	name, _, _ := strings.Cut(crumb, " ")
	for i := range operations {
		if operations[i].Name == name {
			return operations[i].Endpoint == atHome
		}
	}
	return false
}
