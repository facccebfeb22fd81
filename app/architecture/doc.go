// Package architecture holds tests only. They check who may import whom, where
// .go-arch-lint.yml cannot: what a package reaches through others, and the standard
// library. They check that app/wiring hands adapters to the gateway only, that lines of
// the log show their invocation, and that nothing is left unfinished: a setting that
// nothing reads, a port without a face, a function that no program uses. And they check
// the checks: each forbidden import, each way around the gateway, dead code and each
// planted mistake must turn one of them red.
//
// It is under app because how the parts are put together is the app's matter,
// and a package because `go test ./...` then runs it. Nothing imports it.
package architecture
