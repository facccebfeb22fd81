package setting

import (
	"fmt"
	"reflect"
	"strings"
)

// Target is what a table is read into: a *Home, or a pointer to a struct that embeds Home.
type Target interface{ home() *Home }

// Table is all settings of a program. It must not be changed.
type Table struct {
	// Variables are the settings, in the order in which they are read and printed.
	Variables []Variable
	// Checks are what several settings must be together.
	Checks []Check
}

// Variable is one setting: a row of a table.
type Variable struct {
	// Name is the environment variable's name, Aliases are other spellings of it.
	Name    string
	Aliases []string
	// Path is the parameter's name below the prefix, "" for what the Parameter
	// Store cannot set.
	Path string
	// Default is the value when nobody sets one, as it would be written; "" for
	// nothing. Where DefaultRule is set, it says in words what Default depends
	// on, and Default is empty.
	Default     string
	DefaultRule string
	// WhenWrong is the value that replaces a mistake, "" for the default. A setting that
	// has one guards something.
	WhenWrong string
	// Secret says that the value must not be seen.
	Secret bool
	// File says that the environment may name a file that holds the value.
	File bool
	// List says that the Parameter Store may hold the value as a StringList.
	List bool
	// Doc says what the setting is for, in one sentence.
	Doc string
	// Kind is how the value is written.
	Kind *Kind
	// At returns a pointer to the place of the value.
	At func(Target) any
	// Below takes the parameter of that name below Path; nil where there are none
	// below it.
	Below func(h *Home, name, text string)
	// Derive returns the default where DefaultRule is set, from the settings that
	// come before it in the table; nil elsewhere.
	Derive func(Target) string
}

// Allowed says in words what the value may be.
func (v *Variable) Allowed() string { return v.Kind.Allowed }

// Check says what is wrong with a value, to go after the variable's name, and what
// is allowed; nil for nothing. The error does not hold the value.
func (v *Variable) Check(text string) error {
	if _, err := v.Kind.Parse(strings.TrimSpace(text)); err != nil {
		return fmt.Errorf("%w; allowed: %s", err, v.Allowed())
	}
	return nil
}

// Set reads a text into the variable's place. The error says what is wrong, to go after
// the variable's name; it does not hold the text. The place keeps its value then.
func (v *Variable) Set(t Target, text string) error {
	value, err := v.Kind.Parse(text)
	if err == nil {
		v.place(t).Set(reflect.ValueOf(value))
	}
	return err
}

// Show returns what the setting is, without its secrets, "" when it is not set.
func (v *Variable) Show(t Target) string {
	value := v.place(t).Interface()
	if v.Kind.Show == nil {
		return fmt.Sprint(value)
	}
	return v.Kind.Show(value)
}

// Same says whether two targets have the same value.
func (v *Variable) Same(a, b Target) bool { return reflect.DeepEqual(v.At(a), v.At(b)) }

// place returns the variable's place.
func (v *Variable) place(t Target) reflect.Value { return reflect.ValueOf(v.At(t)).Elem() }

// Fallback returns the default as it would be written.
func (v *Variable) Fallback(t Target) string {
	if v.Derive != nil {
		return v.Derive(t)
	}
	return v.Default
}

// Takes says whether the variable is read from the parameter of that path, or from one
// below its own.
func (v *Variable) Takes(path string) bool {
	return v.Path != "" && (v.Path == path || v.Below != nil && strings.HasPrefix(path, v.Path+"/"))
}

// Kind is how one sort of value is written. It does not know the type of the value, and
// tables need no code at the start of a program: that keeps the failsafe small.
type Kind struct {
	// Allowed says in words what may be written.
	Allowed string
	// Parse reads a text that is not empty and has no white space around it. It returns a
	// value of the type of its variables' places. Its error says what is wrong, to go after
	// the variable's name and value; it does not repeat the value, which may be a secret in
	// the wrong place.
	Parse func(text string) (any, error)
	// Show writes a value, without its secrets; nil for fmt.Sprint.
	Show func(value any) string
}
