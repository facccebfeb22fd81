package alexatest

import "github.com/lambda-execution-engine/lee/domain/alexa"

// errorType is a type of error response: the interface whose it is, and the
// members that go with it besides type and message.
type errorType struct {
	of   alexa.Namespace
	with fields
}

// errorTypes are Alexa's own
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-errorresponse.html)
// and those of the interfaces' pages.
var errorTypes = map[alexa.ErrorType]errorType{
	"ALREADY_IN_OPERATION":               {of: alexa.Alexa},
	alexa.BridgeUnreachable:              {of: alexa.Alexa},
	"CLOUD_CONTROL_DISABLED":             {of: alexa.Alexa},
	"ENDPOINT_BUSY":                      {of: alexa.Alexa},
	"ENDPOINT_LOW_POWER":                 {of: alexa.Alexa},
	alexa.EndpointUnreachable:            {of: alexa.Alexa},
	"EXPIRED_AUTHORIZATION_CREDENTIAL":   {of: alexa.Alexa},
	"FIRMWARE_OUT_OF_DATE":               {of: alexa.Alexa},
	"HARDWARE_MALFUNCTION":               {of: alexa.Alexa},
	"INSUFFICIENT_PERMISSIONS":           {of: alexa.Alexa},
	alexa.InternalError:                  {of: alexa.Alexa},
	alexa.InvalidAuthorizationCredential: {of: alexa.Alexa},
	alexa.InvalidDirective:               {of: alexa.Alexa},
	alexa.InvalidValue:                   {of: alexa.Alexa},
	alexa.NoSuchEndpoint:                 {of: alexa.Alexa},
	"NOT_CALIBRATED":                     {of: alexa.Alexa},
	"NOT_IN_OPERATION":                   {of: alexa.Alexa},
	alexa.NotSupportedInCurrentMode:      {alexa.Alexa, fields{"currentDeviceMode": word("COLOR", "ASLEEP", "NOT_PROVISIONED", "OTHER")}},
	"POWER_LEVEL_NOT_SUPPORTED":          {of: alexa.Alexa},
	"RATE_LIMIT_EXCEEDED":                {of: alexa.Alexa},
	alexa.TemperatureValueOutOfRange:     {alexa.Alexa, fields{"validRange": ends(temperature)}},
	"TOO_MANY_FAILED_ATTEMPTS":           {of: alexa.Alexa},
	alexa.ValueOutOfRange:                {alexa.Alexa, fields{"validRange": ends(anyNumber)}},

	alexa.AcceptGrantFailed: {of: alexa.Authorization},

	alexa.DualSetpointsUnsupported:   {of: alexa.ThermostatController},
	alexa.RequestedSetpointsTooClose: {alexa.ThermostatController, fields{"minimumTemperatureDelta": temperature}},
	alexa.ThermostatIsOff:            {of: alexa.ThermostatController},
	alexa.TripleSetpointsUnsupported: {of: alexa.ThermostatController},
	alexa.UnsupportedThermostatMode:  {of: alexa.ThermostatController},
	"UNWILLING_TO_SET_SCHEDULE":      {of: alexa.ThermostatController},
	"UNWILLING_TO_SET_VALUE":         {of: alexa.ThermostatController},

	alexa.AuthorizationRequired:     {of: alexa.SecurityPanelController},
	"BYPASS_NEEDED":                 {of: alexa.SecurityPanelController},
	"NO_ACTIVE_MONITORABLE_DEVICES": {of: alexa.SecurityPanelController},
	"NOT_READY":                     {of: alexa.SecurityPanelController},
	alexa.Unauthorized:              {of: alexa.SecurityPanelController},
	"UNCLEARED_ALARM":               {of: alexa.SecurityPanelController},
	"UNCLEARED_TROUBLE":             {of: alexa.SecurityPanelController},
}

// failure is the payload of an error response of interface ns.
func failure(ns alexa.Namespace) shape {
	return func(s spot) {
		name := alexa.ErrorType(s.at("type").text())
		must := fields{"type": text, "message": text}
		switch known, ok := errorTypes[name]; {
		case !ok:
			s.at("type").complain("must be one of Alexa's error types, is %s", s.at("type").shown())
		case known.of != ns:
			s.at("type").complain("%s belongs to %s, the event is of %s", name, known.of, ns)
		default:
			for member, is := range known.with {
				must[member] = is
			}
		}
		object(must, nil)(s)
	}
}

// ends is a validRange between two values of one shape.
func ends(of shape) shape {
	return func(s spot) {
		before := len(*s.complaints)
		object(fields{"minimumValue": of, "maximumValue": of}, nil)(s)
		if len(*s.complaints) == before && magnitude(s.at("minimumValue")) > magnitude(s.at("maximumValue")) {
			s.complain("its minimum is above its maximum")
		}
	}
}

// magnitude returns a number, or a temperature in degrees Celsius.
func magnitude(s spot) float64 {
	if n, ok := s.number(); ok {
		return n
	}
	value, _ := s.at("value").number()
	t := alexa.Temperature{Value: value, Scale: alexa.Scale(s.at("scale").text())}
	return t.In(alexa.Celsius).Value
}
