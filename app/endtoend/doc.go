// Package endtoend is nothing but tests: the programs as Lambda starts them, in
// processes of their own, under a local Lambda Runtime API, against a home.
//
// The home is the demo house, where a test can count requests and break things,
// and with the build tag live a real Home Assistant. What directives must do in
// a home is told once for both, as data in testdata/directives.
//
// The programs are built by the test, with the race detector where the test has
// it, or taken from the folder that LEE_DIST names.
package endtoend
