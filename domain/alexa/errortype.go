package alexa

import "github.com/lambda-execution-engine/lee/domain/fault"

// ErrorType is a type of Alexa's error responses
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-errorresponse.html).
type ErrorType string

// The error types that LEE answers with.
const (
	BridgeUnreachable              ErrorType = "BRIDGE_UNREACHABLE"
	CloudControlDisabled           ErrorType = "CLOUD_CONTROL_DISABLED"
	EndpointUnreachable            ErrorType = "ENDPOINT_UNREACHABLE"
	InsufficientPermissions        ErrorType = "INSUFFICIENT_PERMISSIONS"
	InternalError                  ErrorType = "INTERNAL_ERROR"
	InvalidAuthorizationCredential ErrorType = "INVALID_AUTHORIZATION_CREDENTIAL"
	InvalidDirective               ErrorType = "INVALID_DIRECTIVE"
	InvalidValue                   ErrorType = "INVALID_VALUE"
	NoSuchEndpoint                 ErrorType = "NO_SUCH_ENDPOINT"
	NotSupportedInCurrentMode      ErrorType = "NOT_SUPPORTED_IN_CURRENT_MODE"
	TemperatureValueOutOfRange     ErrorType = "TEMPERATURE_VALUE_OUT_OF_RANGE"
	ValueOutOfRange                ErrorType = "VALUE_OUT_OF_RANGE"

	// Of Alexa.Authorization.
	AcceptGrantFailed ErrorType = "ACCEPT_GRANT_FAILED"

	// Of Alexa.ThermostatController.
	DualSetpointsUnsupported   ErrorType = "DUAL_SETPOINTS_UNSUPPORTED"
	RequestedSetpointsTooClose ErrorType = "REQUESTED_SETPOINTS_TOO_CLOSE"
	ThermostatIsOff            ErrorType = "THERMOSTAT_IS_OFF"
	TripleSetpointsUnsupported ErrorType = "TRIPLE_SETPOINTS_UNSUPPORTED"
	UnsupportedThermostatMode  ErrorType = "UNSUPPORTED_THERMOSTAT_MODE"
	UnwillingToSetSchedule     ErrorType = "UNWILLING_TO_SET_SCHEDULE"

	// Of Alexa.SecurityPanelController.
	AuthorizationRequired ErrorType = "AUTHORIZATION_REQUIRED"
	Unauthorized          ErrorType = "UNAUTHORIZED"
	UnclearedAlarm        ErrorType = "UNCLEARED_ALARM"
)

// errorTypes says of each error type which interface defines it, and which kind of
// failure it stands for.
var errorTypes = map[ErrorType]struct {
	of   Namespace
	kind fault.Kind
}{
	BridgeUnreachable:              {Alexa, fault.Unreachable},
	CloudControlDisabled:           {Alexa, fault.Disabled},
	EndpointUnreachable:            {Alexa, fault.Unavailable},
	InsufficientPermissions:        {Alexa, fault.Refused},
	InternalError:                  {Alexa, fault.Internal},
	InvalidAuthorizationCredential: {Alexa, fault.TokenRejected},
	InvalidDirective:               {Alexa, fault.Invalid},
	InvalidValue:                   {Alexa, fault.Refused},
	NoSuchEndpoint:                 {Alexa, fault.NotFound},
	NotSupportedInCurrentMode:      {Alexa, fault.NotNow},
	TemperatureValueOutOfRange:     {Alexa, fault.OutOfRange},
	ValueOutOfRange:                {Alexa, fault.OutOfRange},

	AcceptGrantFailed: {Authorization, fault.Unsupported},

	DualSetpointsUnsupported:   {ThermostatController, fault.Unsupported},
	RequestedSetpointsTooClose: {ThermostatController, fault.Refused},
	ThermostatIsOff:            {ThermostatController, fault.NotNow},
	TripleSetpointsUnsupported: {ThermostatController, fault.Unsupported},
	UnsupportedThermostatMode:  {ThermostatController, fault.Unsupported},
	UnwillingToSetSchedule:     {ThermostatController, fault.Unsupported},

	AuthorizationRequired: {SecurityPanelController, fault.NotNow},
	Unauthorized:          {SecurityPanelController, fault.Refused},
	UnclearedAlarm:        {SecurityPanelController, fault.NotNow},
}

// byKind says what Alexa is told of each kind of failure, where a translation does not
// say it more precisely (Refuse).
var byKind = map[fault.Kind]Detail{
	fault.Internal:      {Type: InternalError},
	fault.Unreachable:   {Type: BridgeUnreachable},
	fault.Unanswered:    {Type: EndpointUnreachable},
	fault.Unavailable:   {Type: EndpointUnreachable},
	fault.NotFound:      {Type: NoSuchEndpoint},
	fault.Refused:       {Type: InvalidValue},
	fault.OutOfRange:    {Type: InvalidValue},
	fault.NotNow:        {Type: NotSupportedInCurrentMode, CurrentDeviceMode: "OTHER"},
	fault.Disabled:      {Type: CloudControlDisabled},
	fault.Failed:        {Type: InternalError},
	fault.Unsupported:   {Type: InvalidDirective},
	fault.Invalid:       {Type: InvalidDirective},
	fault.TokenRejected: {Type: InvalidAuthorizationCredential},
	fault.NotAllowed:    {Type: BridgeUnreachable},
	fault.Throttled:     {Type: BridgeUnreachable},
	fault.Misconfigured: {Type: BridgeUnreachable},
	fault.Deadline:      {Type: BridgeUnreachable},
	fault.Open:          {Type: BridgeUnreachable},
}
