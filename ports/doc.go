// Package ports holds what LEE's domain and engine need of the world, as small
// interfaces named for the need. Adapters implement them; each has a contract
// suite in package portstest that every implementation passes.
//
// Where a doc comment speaks of kinds of failure, the error is a *fault.Error
// of that kind. Everything here may be called by several goroutines at once. What
// speaks with the home notes each request that it sends (Requested).
package ports
