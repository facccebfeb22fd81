package alexatest

import "github.com/lambda-execution-engine/lee/domain/alexa"

// event is what must hold of an event's message besides its header's form
// (https://developer.amazon.com/docs/alexa/device-apis/message-guide.html).
type event struct {
	// token says that the answered directive always has a correlation token,
	// which the event must carry.
	token bool
	// endpoint and context say where these are.
	endpoint, context presence
	// payload is the payload's shape.
	payload shape
}

// presence says whether a member must, may or must not be there.
type presence int

const (
	never presence = iota
	perhaps
	always
)

func (p presence) of(name string, is shape, must, may fields) {
	switch p {
	case always:
		must[name] = is
	case perhaps:
		may[name] = is
	case never:
	}
}

// events are the events that answer a directive. Reports that nobody asked for
// are not among them.
var events = map[alexa.Key]event{
	{Namespace: alexa.Alexa, Name: "Response"}:    {token: true, endpoint: always, context: perhaps, payload: object(nil, nil)},
	{Namespace: alexa.Alexa, Name: "StateReport"}: {token: true, endpoint: always, context: always, payload: object(nil, nil)},

	// A directive that could not be read has no token or endpoint to carry.
	{Namespace: alexa.Alexa, Name: "ErrorResponse"}:                   {endpoint: perhaps, payload: failure(alexa.Alexa)},
	{Namespace: alexa.ThermostatController, Name: "ErrorResponse"}:    {token: true, endpoint: always, payload: failure(alexa.ThermostatController)},
	{Namespace: alexa.SecurityPanelController, Name: "ErrorResponse"}: {token: true, endpoint: always, payload: failure(alexa.SecurityPanelController)},
	{Namespace: alexa.Authorization, Name: "ErrorResponse"}:           {payload: failure(alexa.Authorization)},

	{Namespace: alexa.Authorization, Name: "AcceptGrant.Response"}: {payload: object(nil, nil)},
	{Namespace: alexa.Discovery, Name: "Discover.Response"}:        {payload: discovery},

	{Namespace: alexa.SceneController, Name: "ActivationStarted"}:    {token: true, endpoint: always, context: perhaps, payload: sceneStarted},
	{Namespace: alexa.SceneController, Name: "DeactivationStarted"}:  {token: true, endpoint: always, context: perhaps, payload: sceneStarted},
	{Namespace: alexa.SecurityPanelController, Name: "Arm.Response"}: {token: true, endpoint: always, context: perhaps, payload: armed},
	{Namespace: alexa.SeekController, Name: "StateReport"}:           {token: true, endpoint: always, context: perhaps, payload: sought},
	{Namespace: alexa.CameraStreamController, Name: "Response"}:      {token: true, endpoint: always, context: perhaps, payload: streams},

	{Namespace: alexa.RTCSessionController, Name: "AnswerGeneratedForSession"}: {token: true, endpoint: always, context: perhaps, payload: sessionAnswer},
	{Namespace: alexa.RTCSessionController, Name: "SessionConnected"}:          {token: true, endpoint: always, context: perhaps, payload: session},
	{Namespace: alexa.RTCSessionController, Name: "SessionDisconnected"}:       {token: true, endpoint: always, context: perhaps, payload: session},
}

// answer is an answer to a directive.
func answer(s spot) {
	key := alexa.Key{
		Namespace: alexa.Namespace(s.at("event", "header", "namespace").text()),
		Name:      s.at("event", "header", "name").text(),
	}
	e, known := events[key]
	if !known {
		if key.Name != "" {
			s.at("event", "header").complain("%s answers no directive", key)
		}
		e = event{endpoint: perhaps, context: perhaps, payload: anything}
	}
	header := fields{
		"namespace": text, "name": text, "payloadVersion": word(alexa.PayloadVersion),
		"messageId": like(`^[a-zA-Z0-9-]{1,127}$`, "1 to 127 letters, digits and hyphens"),
	}
	mayHeader := fields{"correlationToken": text}
	if e.token {
		header["correlationToken"] = text
	}
	inEvent, mayInEvent := fields{"header": object(header, mayHeader), "payload": e.payload}, fields{}
	e.endpoint.of("endpoint", object(fields{"endpointId": endpointID}, nil), inEvent, mayInEvent)
	whole, mayWhole := fields{"event": object(inEvent, mayInEvent)}, fields{}
	e.context.of("context", context, whole, mayWhole)
	object(whole, mayWhole)(s)
	noToken(s)
}

func endpointID(s spot) {
	if !alexa.ValidEndpointID(s.text()) {
		s.complain("must be 1 to %d letters, digits, spaces or _-=#;:?@&, is %s", alexa.MaxEndpointID, s.shown())
	}
}
