// Package portstest holds, for each port, a contract suite that every
// implementation passes, and a working fake that passes it too.
//
// A suite asks for nothing that the port's documentation does not promise. What
// an implementation cannot be made to do (nobody takes a real home away to see
// what happens) its setup leaves out, and the test says that it was skipped.
package portstest
