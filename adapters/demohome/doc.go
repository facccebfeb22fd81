// Package demohome is a small house in memory that speaks the parts of Home
// Assistant's API which LEE uses: the REST API
// (https://developers.home-assistant.io/docs/api/rest/), its WebSocket
// (https://developers.home-assistant.io/docs/api/websocket/) and simple
// sentences to its conversation API. It is for a first run without any Home
// Assistant, for tests and for benchmarks.
//
// Its answers follow Home Assistant 2026.11.0 down to headers and texts, the
// surprising ones above all:
//
//   - a service call answers the states that changed meanwhile in its own
//     context, an entity twice when it changed twice, [] when nothing did;
//   - a call on an entity that does not exist answers 200 and [] as well;
//   - an unknown service and a value of the wrong type are a 400 in plain text,
//     a value that the device refuses is a 400 with a JSON message;
//   - a device may report later than the call returns (light.hall_lamp does);
//   - a camera's stream and its picture are for anyone who knows their address;
//   - a token that is wrong and a user who may not are both a 401, and only the
//     first names the way to authenticate in a header.
//
// The things in the house, the folder house/, carry the names of Home
// Assistant's own demo integration where that has them, so that one test can
// run against both: testdata/cases says what is asked and answered, testdata/
// walk.json is a walk through all devices with the answers that a real house
// gave (recorded by UPDATE=1 go test -tags live -run TestWalkLive).
//
// It is simpler than Home Assistant where nobody looks: attributes come in
// alphabetical order, GET /api/services does not tell how to ask a person for a
// field, a blind stops where it is told and not at the next ten per cent, of
// templates and sentences it understands the simplest, and a stream has nothing in
// it.
package demohome
