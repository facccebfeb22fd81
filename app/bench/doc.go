// Package bench measures LEE beside a floor: a Lambda function that is as small
// as one can be in Go, hard-coded for the same job, built and run in the same
// minute on the same machine. Everything is a ratio to it.
//
//	make bench
//
// runs it and prints the table. It asserts no times: what it finds is published
// in docs/benchmarks.md, also where LEE is slower than its target.
package bench
