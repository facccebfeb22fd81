// Package covered has a program note which of its statements were executed, so that
// `make live-coverage` can say what the live tests reach: Lambda's runtime kills a
// process, and Go writes its counters when one ends by itself.
//
// Only programs built with the tag covered import it. What is released has none of it.
package covered
