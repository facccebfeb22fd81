package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Environment is what a process is started with. It is safe for concurrent use
// when its functions are.
type Environment struct {
	// Lookup returns an environment variable, as os.LookupEnv does.
	Lookup func(name string) (value string, ok bool)
	// ReadFile returns what is in a file that a variable names; nil where there are
	// no files.
	ReadFile func(path string) ([]byte, error)
	// Defaults are values, by variable, that stand in for the defaults of the table; nil for
	// none. Each must be one that the variable may have.
	Defaults map[string]string
}

// Surroundings returns the environment of this process.
func Surroundings() Environment { return Environment{Lookup: os.LookupEnv, ReadFile: ReadFile} }

// largestFile bounds what is read of a file.
const largestFile = 256 << 10

// ReadFile returns what is in a file, which may not be larger than 256 KiB.
func ReadFile(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	if err == nil && len(content) > largestFile {
		return nil, errors.New("the file is too large")
	}
	return content, err
}

// given is a value that somebody gave.
type given struct {
	source Source
	// origin is what is said of where it came from.
	origin string
	text   string
	// path is the file that the text was read from, "" for none.
	path string
	// wrong says what is wrong with it before it is parsed; nil for nothing.
	wrong error
	// note is something to know about it that is not a mistake, "" for nothing.
	note string
}

// given returns what the environment says of a setting. A variable that is set
// to nothing but white space is not set.
func (e Environment) given(v *Variable) (given, bool) {
	var found []given
	for _, name := range append([]string{v.Name}, v.Aliases...) {
		if value, ok := e.Lookup(name); ok && strings.TrimSpace(value) != "" {
			found = append(found, e.content(v, name, strings.TrimSpace(value)))
		}
	}
	if len(found) == 0 {
		return given{}, false
	}
	first := found[0]
	for _, other := range found[1:] {
		if !sameValue(v, first, other) {
			first.wrong = errors.New("is also given as " + other.origin + ", which says something else")
		}
	}
	return first, true
}

// fallback returns the default of a setting, by the settings that are read before it.
func (e Environment) fallback(v *Variable, s *Settings) string {
	if value, ok := e.Defaults[v.Name]; ok {
		return value
	}
	return v.fallback(s)
}

// content returns the value of a variable, or what is in the file that it names.
func (e Environment) content(v *Variable, name, value string) given {
	g := given{source: FromEnvironmentVariable, origin: name, text: value}
	path, isPath := strings.CutPrefix(value, "file:")
	if !v.File || !isPath && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, ".") {
		return g
	}
	g.path = path
	if e.ReadFile == nil {
		g.wrong = errors.New("names a file, and files cannot be read here")
		return g
	}
	content, err := e.ReadFile(path)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		g.wrong = errors.New("names a file that cannot be read (" + err.Error() + ")")
		return g
	}
	g.note = "from the file " + path
	g.text = strings.TrimSpace(string(content))
	if g.text == "" {
		g.wrong = errors.New("names a file that is empty")
	}
	return g
}

// sameValue says whether two spellings of a variable say the same.
func sameValue(v *Variable, a, b given) bool {
	if a.text == b.text {
		return true
	}
	var one, other Settings
	return a.wrong == nil && b.wrong == nil &&
		v.field.set(&one, a.text) == nil && v.field.set(&other, b.text) == nil && v.field.same(&one, &other)
}
