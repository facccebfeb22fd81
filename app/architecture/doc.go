// Package architecture holds tests only. They check who may import whom, where
// .go-arch-lint.yml cannot: what a package reaches through others, and the standard
// library. They check that app/wiring hands adapters to the gateway only, that the
// product reads each setting, and that a program uses each function and each exported
// thing. And they check the checks: each forbidden import, each way around the gateway,
// and dead code must turn one of them red.
//
// It is under app because how the parts are put together is the app's matter,
// and a package because `go test ./...` then runs it. Nothing imports it.
package architecture
