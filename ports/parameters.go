package ports

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Parameters is a place outside of the function where settings are kept, such as
// AWS's Parameter Store.
type Parameters interface {
	// Below returns all parameters whose names begin with path and a slash, at
	// any depth, decrypted, sorted by name. There may be none, as where the path
	// does not exist. It has no effect and may be repeated; each call asks again.
	// The slice is the caller's.
	//
	// It fails with fault.Throttled when the place asks to be left alone,
	// fault.NotAllowed when it does not let LEE read or decrypt,
	// fault.Misconfigured when LEE does not know where it is or asks for
	// something impossible, fault.Unreachable when it cannot be spoken to, and
	// fault.Deadline when the context ends first. All or nothing: with an error
	// the slice is nil.
	Below(ctx context.Context, path string) ([]Parameter, error)
}

// ParameterKeeper keeps settings in the place that Parameters reports.
type ParameterKeeper interface {
	// Keep keeps a value under a name, instead of what was kept there before. Of the
	// parameter only Name, Value and Type count. It may be repeated.
	//
	// It fails as Parameters does, with fault.NotAllowed where LEE may only read, and
	// with fault.Misconfigured when the place does not take the name, the value, or
	// another type than the name has had.
	Keep(ctx context.Context, p Parameter) error
}

// Parameter is a value that is kept under a name.
type Parameter struct {
	// Name is the whole name, "/lambda-execution-engine/homeassistant/url".
	Name string
	// Value is the value, decrypted. Values of a StringList have commas between
	// them.
	Value secret.Text
	// Type is how the value is kept.
	Type ParameterType
	// Version counts the values that the parameter has had, from 1.
	Version int64
	// Changed is when it got this one; zero when that is not known.
	Changed time.Time
}

// ParameterType is how a parameter's value is kept
// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html).
type ParameterType uint8

// The types of parameters, by AWS's names.
const (
	// ParameterString is a text in the clear.
	ParameterString ParameterType = iota
	// ParameterStringList is texts in the clear, with commas between them.
	ParameterStringList
	// ParameterSecureString is a text that is kept encrypted.
	ParameterSecureString
)

// String returns the type as AWS has it: "String", "StringList" or
// "SecureString".
func (t ParameterType) String() string {
	switch t {
	case ParameterStringList:
		return "StringList"
	case ParameterSecureString:
		return "SecureString"
	default:
		return "String"
	}
}
