// Package lifecycle decides when the things behind the ports exist: built when
// first used (LIGS, the lazy load), closed when idle (LUGS, the lazy unload),
// kept close when they are used a lot (heat).
//
// A Lazy holds what is behind one port. The Keeper knows all of them: it loads
// ahead, decides after each invocation what has been idle for too long, and
// closes it on a later one, because Lambda freezes the process in between. What
// has to outlive a port (the breaker's counts, the cache, a token) is not behind
// it: it belongs to the gateway, or to what the loader was made with.
package lifecycle
