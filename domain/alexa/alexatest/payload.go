package alexatest

import "math"

// The payloads of the events by which interfaces tell of success in their own
// way, from these interfaces' pages.
var (
	sceneStarted = object(fields{
		"cause":     object(fields{"type": word("APP_INTERACTION", "PHYSICAL_INTERACTION", "PERIODIC_POLL", "RULE_TRIGGER", "VOICE_INTERACTION")}, nil),
		"timestamp": timestamp,
	}, nil)
	armed = object(nil, fields{
		"exitDelayInSeconds": integer(0, 255),
		"bypassedEndpoints":  list(0, object(fields{"friendlyName": text}, fields{"endpointId": endpointID})),
	})
	sought = object(fields{"properties": list(1, object(fields{
		"name": word("positionMilliseconds"), "value": integer(0, 24*60*60*1000),
	}, nil))}, nil)
	streams = object(fields{"cameraStreams": list(1, object(fields{
		"uri": text, "protocol": word(protocols...), "resolution": resolution, "authorizationType": word(authorizations...),
		"videoCodec": word(videoCodecs...), "audioCodec": word(audioCodecs...),
	}, fields{"expirationTime": timestamp, "idleTimeoutSeconds": integer(1, math.MaxInt32)})), "imageUri": text}, nil)
	sessionAnswer = object(fields{"answer": object(fields{"format": word("SDP"), "value": text}, nil)}, nil)
	session       = object(fields{"sessionId": text}, nil)
)
