package demohome

import (
	"fmt"
	"slices"
	"strings"
)

// A field is one parameter of a service, as the service's schema has it.
type field struct {
	name     string
	required bool
	// check validates a value and turns it into the type that the service
	// works with, or says what it expected.
	check check
	// instead is the value when none is given; nil leaves the field out.
	instead any
	// rival names a group of fields of which only one may be given.
	rival string
	// ally names a group of fields which are given together or not at all.
	ally string
}

// schemaError says that a call does not fit its service's schema. Over HTTP
// nobody is told what is wrong with it; the WebSocket says.
type schemaError struct{ problem string }

func (e schemaError) Error() string { return e.problem }

func need(name string, check check) field {
	return field{name: name, required: true, check: check}
}

func may(name string, check check) field {
	return field{name: name, check: check}
}

// validate checks data against fields and returns what the service is to work
// with. Fields that are not listed are refused, as Home Assistant does.
func validate(fields []field, oneOf []string, data map[string]any) (map[string]any, error) {
	out := make(map[string]any, len(data))
	for _, f := range fields {
		v, given := data[f.name]
		switch {
		case given:
			checked, err := f.check(v)
			if err != nil {
				return nil, schemaError{fmt.Sprintf("%v at '%s'", err, f.name)}
			}
			out[f.name] = checked
		case f.required:
			return nil, schemaError{fmt.Sprintf("required key not provided at '%s'", f.name)}
		case f.instead != nil:
			out[f.name] = f.instead
		}
	}
	if err := together(fields, data); err != nil {
		return nil, err
	}
	for name := range data {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			return nil, schemaError{fmt.Sprintf("not a valid option at '%s'", name)}
		}
	}
	if len(oneOf) > 0 && !slices.ContainsFunc(oneOf, func(name string) bool { _, given := data[name]; return given }) {
		return nil, schemaError{"must contain at least one of " + strings.Join(oneOf, ", ")}
	}
	return out, nil
}

// together checks which fields may and must be given with each other.
func together(fields []field, data map[string]any) error {
	rivals := map[string]string{}
	allies := map[string]struct{ given, all int }{}
	for _, f := range fields {
		_, given := data[f.name]
		if other, taken := rivals[f.rival]; given && f.rival != "" {
			if taken {
				return schemaError{fmt.Sprintf("two or more values in the same group of exclusion '%s': %s, %s", f.rival, other, f.name)}
			}
			rivals[f.rival] = f.name
		}
		group := allies[f.ally]
		group.all++
		if given {
			group.given++
		}
		allies[f.ally] = group
	}
	for name, group := range allies {
		if name != "" && group.given != 0 && group.given != group.all {
			return schemaError{fmt.Sprintf("some but not all values in the same group of inclusion '%s'", name)}
		}
	}
	return nil
}
