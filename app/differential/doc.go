// Package differential is nothing but tests: LEE beside Home Assistant's own
// Alexa implementation, in real houses.
//
// Every endpoint that either of them discovers is told everything that its
// capabilities allow, with edge values, and much that they do not allow. Each
// directive goes to Home Assistant's own (POST /api/alexa/smart_home) and to
// LEE, each time from the same state of the house; what the house is like
// afterwards and what was answered must be the same. Where it is not, the
// difference is in testdata/differences.json with a reason, or the test fails;
// it fails too when a difference that is listed no longer occurs.
//
// `make live` starts two houses for it by .ci/house, with the odd devices and in
// either system of units. docs/home-assistant-differences.md is made from the
// list.
package differential
