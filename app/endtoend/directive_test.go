package endtoend

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// directive is what is said: "Alexa.PowerController.TurnOn" to an endpoint, with
// an instance where the interface has one.
type directive struct {
	name, instance, endpoint string
	payload                  any
}

// message returns the directive as Alexa sends it.
func (d directive) message() map[string]any {
	i := strings.LastIndexByte(d.name, '.')
	header := map[string]any{
		"namespace": d.name[:i], "name": d.name[i+1:], "payloadVersion": "3",
		"messageId": alexa.NewMessageID(), "correlationToken": "dFMb0z+PgpgdDmluhJ1LddFvSqZ/jCc8ptlAKulUj90jSqg==",
	}
	if d.instance != "" {
		header["instance"] = d.instance
	}
	payload := d.payload
	if payload == nil {
		payload = map[string]any{}
	}
	scope := map[string]any{"type": "BearerToken", "token": accountCanary}
	message := map[string]any{"header": header, "payload": payload}
	if d.endpoint == "" {
		message["payload"] = map[string]any{"scope": scope}
	} else {
		message["endpoint"] = map[string]any{"endpointId": d.endpoint, "scope": scope, "cookie": map[string]any{}}
	}
	return message
}

func marshal(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

// answer is what Alexa gets, as far as the tests look at it.
type answer struct {
	raw   []byte
	Event struct {
		Header  alexa.Header
		Payload struct {
			Type              alexa.ErrorType
			Message           string
			ValidRange        any
			CurrentDeviceMode string
			Endpoints         []alexa.Endpoint
		}
	}
	Context struct{ Properties []alexa.Property }
	// took is how long it took by Lambda's measure.
	took time.Duration
	// log is the invocation's line in the log; empty in failsafe mode.
	log logged
}

// event names the answer: "Alexa.Response".
func (a answer) event() string {
	return alexa.Key{Namespace: a.Event.Header.Namespace, Name: a.Event.Header.Name}.String()
}

// properties returns the values of the context's properties by their names,
// "Alexa.RangeController[fan.percentage].rangeValue". Health is left out: it is
// there in all.
func (a answer) properties() map[string]any {
	values := map[string]any{}
	for _, p := range a.Context.Properties {
		name := string(p.Namespace)
		if p.Instance != "" {
			name += "[" + p.Instance + "]"
		}
		if p.Namespace != alexa.EndpointHealth {
			values[name+"."+p.Name] = p.Value
		}
	}
	return values
}

// health returns the endpoint's connectivity, "" when the answer does not tell.
func (a answer) health() string {
	for _, p := range a.Context.Properties {
		if value, ok := p.Value.(map[string]any); ok && p.Namespace == alexa.EndpointHealth {
			word, _ := value["value"].(string)
			return word
		}
	}
	return ""
}

// ask sends a directive and returns the answer, which Alexa takes.
func (f *function) ask(t *testing.T, d directive) answer {
	t.Helper()
	message := d.message()
	result := f.invoke(t, marshal(map[string]any{"directive": message}))
	asked, err := alexa.Parse(marshal(message))
	if err != nil {
		t.Fatal(err)
	}
	alexatest.CheckReply(t, asked, result.Payload)
	a := answer{raw: result.Payload, took: result.Duration}
	if err := json.Unmarshal(result.Payload, &a); err != nil {
		t.Fatal(err)
	}
	if !f.failsafe {
		a.log = f.line(t, result)
	}
	return a
}

// say is ask for a directive without instance and payload.
func (f *function) say(t *testing.T, name, endpoint string) answer {
	t.Helper()
	return f.ask(t, directive{name: name, endpoint: endpoint})
}
