package delivery

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// reader follows documentation in a shell. The shell has the stand-ins and no other program.
type reader struct {
	t *testing.T
	// clone is the folder of LEE's source, which the shell starts in; programs is the folder
	// of the stand-ins.
	clone, programs string
}

// ownFiles are files that documentation has a reader bring along.
var ownFiles = []string{"ca.pem", "directive.json"}

// newReader returns a reader with a fresh clone, in which LEE may have been built.
func newReader(t *testing.T, built bool) reader {
	t.Helper()
	r := reader{t: t, clone: filepath.Join(t.TempDir(), "lee"), programs: t.TempDir()}
	r.must(os.MkdirAll(r.clone, 0o750))
	source, err := filepath.Abs(root)
	r.must(err)
	entries, err := os.ReadDir(source)
	r.must(err)
	for _, entry := range entries {
		switch entry.Name() {
		case ".git", "dist", "skill": // a clone has none of these, or one of its own
		default:
			r.must(os.Symlink(filepath.Join(source, entry.Name()), filepath.Join(r.clone, entry.Name())))
		}
	}
	for _, name := range ownFiles {
		r.must(os.WriteFile(filepath.Join(r.clone, name), nil, 0o600))
	}
	self, err := os.Executable()
	r.must(err)
	for name := range standIns {
		if name != "lee" { // which is built
			r.must(os.Symlink(self, filepath.Join(r.programs, name)))
		}
	}
	r.must(os.Symlink(r.find("xargs"), filepath.Join(r.programs, "xargs")))
	if built {
		r.must(leaveBuilt(r.clone))
	}
	return r
}

func (r reader) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// find returns where a real program is.
func (r reader) find(name string) string {
	r.t.Helper()
	path, err := exec.LookPath(name)
	r.must(err)
	return path
}

// prelude has the shell say which command failed, and where, and go on with the next one.
const prelude = `set -o errtrace -o pipefail
trap 'echo "failed in .${PWD#"$CLONE"}: $BASH_COMMAND" >&2' ERR
`

// follow carries out a script and returns what went wrong, "" for nothing.
func (r reader) follow(script string) string {
	r.t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		r.t.Skip("the commands in the documentation are for bash, which is not here")
	}
	file := filepath.Join(r.t.TempDir(), "commands")
	r.must(os.WriteFile(file, []byte(prelude+script+"\ntrue\n"), 0o600))
	var problems bytes.Buffer
	c := exec.CommandContext(r.t.Context(), bash, file)
	c.Dir = r.clone
	c.Env = plainly("PATH="+r.programs, "CLONE="+r.clone, "REAL_LEE="+dist(r.t, "lee"), "REAL_MAKE="+r.find("make"))
	c.Stdin = strings.NewReader(strings.Repeat("typed\n", 10))
	c.Stderr = &problems
	if err := c.Run(); err != nil && problems.Len() == 0 {
		return err.Error()
	}
	return problems.String()
}
