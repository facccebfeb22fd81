package lambdapackage

import (
	"bytes"
	"debug/elf"
	"errors"
	"fmt"
)

// Architecture is a kind of processor that Lambda offers.
type Architecture uint8

// The architectures.
const (
	ARM64 Architecture = iota
	X86
)

var architectures = [...]struct {
	name, goName string
	machine      elf.Machine
}{
	ARM64: {"arm64", "arm64", elf.EM_AARCH64},
	X86:   {"x86_64", "amd64", elf.EM_X86_64},
}

// Architectures returns all of them, the cheaper one first.
func Architectures() []Architecture { return []Architecture{ARM64, X86} }

// Named returns the architecture of a name, Lambda's or Go's. The error lists
// Lambda's.
func Named(name string) (Architecture, error) {
	for _, a := range Architectures() {
		if name == a.String() || name == a.GOARCH() {
			return a, nil
		}
	}
	return 0, fmt.Errorf("%q is no architecture of Lambda: it has arm64 and x86_64", name)
}

// String returns Lambda's name: "arm64" or "x86_64".
func (a Architecture) String() string { return architectures[a].name }

// GOARCH returns Go's name: "arm64" or "amd64".
func (a Architecture) GOARCH() string { return architectures[a].goName }

// check says why Lambda could not start a program, nil when it could.
func (a Architecture) check(program []byte) error {
	file, err := elf.NewFile(bytes.NewReader(program))
	switch {
	case err != nil:
		return errors.New("is not a program for Linux")
	case file.Machine != architectures[a].machine || file.Class != elf.ELFCLASS64:
		return fmt.Errorf("is not a program for %s", a)
	case file.Type != elf.ET_EXEC && file.Type != elf.ET_DYN:
		return errors.New("is no program, but a part of one")
	}
	for _, p := range file.Progs {
		// A loader of this machine's C library is none of Lambda's.
		if p.Type == elf.PT_INTERP {
			return errors.New("is linked dynamically: build it with CGO_ENABLED=0")
		}
	}
	return nil
}
