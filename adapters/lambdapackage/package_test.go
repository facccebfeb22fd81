package lambdapackage

import (
	"archive/zip"
	"bytes"
	"debug/elf"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// program returns the least that passes for a program, with something of its own
// at its end.
func program(t *testing.T, machine elf.Machine, interpreted bool, tail []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	header := elf.Header64{
		Ident: [elf.EI_NIDENT]byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)},
		Type:  uint16(elf.ET_EXEC), Machine: uint16(machine), Version: uint32(elf.EV_CURRENT),
		Phoff: 64, Ehsize: 64, Phentsize: 56, Phnum: 1, Shentsize: 64,
	}
	segment := elf.Prog64{Type: uint32(elf.PT_LOAD)}
	if interpreted {
		segment.Type = uint32(elf.PT_INTERP)
	}
	for _, part := range []any{header, segment, tail} {
		if err := binary.Write(&out, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// write puts a program under each name into a new folder.
func write(t *testing.T, mode os.FileMode, at time.Time, programs map[string][]byte) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range programs {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// three are programs for a machine.
func three(t *testing.T, machine elf.Machine) map[string][]byte {
	t.Helper()
	return map[string][]byte{
		"bootstrap": program(t, machine, false, []byte("one")),
		"engine":    program(t, machine, false, []byte("two")),
		"failsafe":  program(t, machine, false, []byte("three")),
	}
}

// TestSameBytes: where the programs lie, since when and with what rights makes no
// difference, nor does the time zone.
func TestSameBytes(t *testing.T) {
	one := three(t, elf.EM_AARCH64)
	one["README"] = []byte("not of the package")
	first, err := Pack(write(t, 0o755, time.Now(), one), ARM64)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Pack(write(t, 0o600, time.Unix(1, 0), three(t, elf.EM_AARCH64)), ARM64)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two packages of the same programs differ")
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if f.Mode() != 0o755 || !f.Modified.Equal(epoch) || f.Method != zip.Deflate {
			t.Errorf("%s: mode %v, from %v, method %d", f.Name, f.Mode(), f.Modified, f.Method)
		}
	}
	if !slices.Equal(names, []string{"bootstrap", "engine", "failsafe"}) {
		t.Errorf("the package holds %q", names)
	}
}

// TestRoundTrip: what Lambda unpacks is what was packed, and can be started.
func TestRoundTrip(t *testing.T) {
	programs := three(t, elf.EM_X86_64)
	packed, err := Pack(write(t, 0o644, time.Now(), programs), X86)
	if err != nil {
		t.Fatal(err)
	}
	file, folder := filepath.Join(t.TempDir(), "lee.zip"), t.TempDir()
	if err := os.WriteFile(file, packed, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Unpack(file, folder); err != nil {
		t.Fatal(err)
	}
	for name, want := range programs {
		got, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s came back as %d bytes, %v; want %d", name, len(got), err, len(want))
		}
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode()&0o100 == 0 {
			t.Errorf("%s cannot be started: %v, %v", name, info, err)
		}
	}
}

func TestRefused(t *testing.T) {
	noise := make([]byte, MaxSize)
	random := rand.NewChaCha8([32]byte{})
	_, _ = random.Read(noise)
	for _, c := range []struct {
		name   string
		engine []byte
		want   string
	}{
		{"missing", nil, "engine: no such file"},
		{"a script", []byte("#!/bin/sh\n"), "engine: is not a program for Linux"},
		{"cut off", program(t, elf.EM_AARCH64, false, nil)[:40], "engine: is not a program for Linux"},
		{"another machine's", program(t, elf.EM_X86_64, false, nil), "engine: is not a program for arm64"},
		{"dynamic", program(t, elf.EM_AARCH64, true, nil), "engine: is linked dynamically"},
		{"too large", program(t, elf.EM_AARCH64, false, noise), "bytes, and may have 8388608"},
	} {
		t.Run(c.name, func(t *testing.T) {
			programs := three(t, elf.EM_AARCH64)
			if programs["engine"] = c.engine; c.engine == nil {
				delete(programs, "engine")
			}
			packed, err := Pack(write(t, 0o755, time.Now(), programs), ARM64)
			if packed != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Pack gave %d bytes and %v, want an error with %q", len(packed), err, c.want)
			}
		})
	}
}

// TestUnpackRefuses packages that are not LEE's, without writing beside the folder.
func TestUnpackRefuses(t *testing.T) {
	for _, name := range []string{"../bootstrap", "/bootstrap", "lib/bootstrap", "lib/"} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w := zip.NewWriter(&out)
			if _, err := w.Create(name); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "lee.zip")
			if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			folder := filepath.Join(t.TempDir(), "task")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := Unpack(file, folder); err == nil {
				t.Error("it was unpacked")
			}
		})
	}
	if err := Unpack(filepath.Join(t.TempDir(), "none.zip"), t.TempDir()); err == nil {
		t.Error("a package that is not there was unpacked")
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]Architecture{"arm64": ARM64, "x86_64": X86, "amd64": X86} {
		if got, err := Named(name); got != want || err != nil {
			t.Errorf("Named(%q) gives %v, %v", name, got, err)
		}
	}
	if _, err := Named("mips"); err == nil || !strings.Contains(err.Error(), "arm64 and x86_64") {
		t.Errorf("Named(mips) gives %v", err)
	}
}
