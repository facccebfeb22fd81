package setting

import (
	"errors"
	"io"
	"io/fs"
	"reflect"
	"strings"
)

// Environment is what a process is started with. It is safe for concurrent use
// when its functions are.
type Environment struct {
	// Lookup returns an environment variable, as os.LookupEnv does.
	Lookup func(name string) (value string, ok bool)
	// Open opens a file that a variable names; nil where there are no files.
	Open func(path string) (io.ReadCloser, error)
	// Defaults are values, by variable, that replace the defaults of the table; nil for
	// none. Each must be one that the variable may have.
	Defaults map[string]string
}

// maxFileBytes bounds what is read of a file.
const maxFileBytes = 256 << 10

// given is a value that somebody set.
type given struct {
	source Source
	// origin is where it came from, as people are told.
	origin string
	text   string
	// path is the file that the text was read from, "" for none.
	path string
	// wrong says what is wrong with it before it is parsed; nil for nothing.
	wrong error
	// note is something to know about it that is not a mistake, "" for nothing.
	note string
}

// given returns the environment's value of a setting. A variable that holds nothing but
// white space is not set.
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
func (e Environment) fallback(v *Variable, t Target) string {
	if value, ok := e.Defaults[v.Name]; ok {
		return value
	}
	return v.Fallback(t)
}

// content returns the value of a variable, or what is in the file that it names.
func (e Environment) content(v *Variable, name, value string) given {
	g := given{source: FromEnvironmentVariable, origin: name, text: value}
	path, isPath := strings.CutPrefix(value, "file:")
	if !v.File || !isPath && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, ".") {
		return g
	}
	g.path = path
	if e.Open == nil {
		g.wrong = errors.New("names a file, and files cannot be read here")
		return g
	}
	content, err := e.read(path)
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

// read returns what is in a file, which may not be larger than maxFileBytes.
func (e Environment) read(path string) ([]byte, error) {
	f, err := e.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err == nil && len(content) > maxFileBytes {
		return nil, errors.New("the file is too large")
	}
	return content, err
}

// sameValue says whether two spellings of a variable have the same value.
func sameValue(v *Variable, a, b given) bool {
	if a.text == b.text {
		return true
	}
	if a.wrong != nil || b.wrong != nil {
		return false
	}
	one, err := v.Kind.Parse(a.text)
	other, wrong := v.Kind.Parse(b.text)
	return err == nil && wrong == nil && reflect.DeepEqual(one, other)
}
