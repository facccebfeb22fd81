package alexatest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// schema is Amazon's message schema, taken apart. The whole is one choice among
// hundreds of alternatives, and all it can say of a message that fits none is
// why each of them does not fit. So each message, endpoint, capability and
// property is checked against the alternative that is meant for it.
type schema struct {
	messages     map[string]*jsonschema.Schema // by "namespace.name"
	endpoint     *jsonschema.Schema
	capabilities map[string]*jsonschema.Schema // by interface
	properties   map[string]*jsonschema.Schema // by "namespace.name"
}

// Lists of the schema whose items are checked one by one: where the list is, and
// the name under which its items' schema is put instead.
const (
	listOfCapabilities = "definitions/endpoint.capabilities"
	listOfProperties   = "definitions/state.properties"
	endpointItem       = "definitions/lee.endpoint"
	capabilityItem     = "definitions/lee.capability"
	propertyItem       = "definitions/lee.property"
)

// load reads the schema and compiles its parts.
func load(path string) (*schema, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the path is the developer's own
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s, err := takeApart(spot{value: document})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func takeApart(document spot) (*schema, error) {
	messages := alternatives(document, "", "event", "header")
	discover := messages[alexa.Key{Namespace: alexa.Discovery, Name: alexa.NameDiscoverResponse}.String()]
	for list, items := range map[string]string{
		listOfCapabilities: capabilityItem,
		listOfProperties:   propertyItem,
		discover + "/properties/event/properties/payload/properties/endpoints": endpointItem,
	} {
		if err := move(document, list+"/items", items); err != nil {
			return nil, err
		}
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("amazon.json", document.value); err != nil {
		return nil, err
	}
	var err error
	compile := func(pointer string) *jsonschema.Schema {
		compiled, e := c.Compile("amazon.json#/" + pointer)
		err = errors.Join(err, e)
		return compiled
	}
	compileAll := func(pointers map[string]string) map[string]*jsonschema.Schema {
		compiled := make(map[string]*jsonschema.Schema, len(pointers))
		for name, pointer := range pointers {
			compiled[name] = compile(pointer)
		}
		return compiled
	}
	s := &schema{
		messages:     compileAll(messages),
		endpoint:     compile(endpointItem),
		capabilities: compileAll(alternatives(follow(document, capabilityItem), capabilityItem)),
		properties:   compileAll(alternatives(follow(document, propertyItem), propertyItem)),
	}
	return s, err
}

// alternatives returns where below at the alternatives for each name are. The
// name is made of the constants that the alternative has for interface, or for
// namespace and name, below the given members.
func alternatives(at spot, pointer string, members ...string) map[string]string {
	found := map[string]string{}
	for _, choice := range []string{"oneOf", "anyOf"} {
		for i, alternative := range at.at(choice).items() {
			below := strings.TrimPrefix(pointer+"/"+choice+"/"+strconv.Itoa(i), "/")
			for name, p := range alternatives(alternative, below, members...) {
				found[name] = p
			}
			if name := constants(alternative, members); name != "" {
				found[name] = below
			}
		}
	}
	return found
}

func constants(alternative spot, members []string) string {
	for _, part := range append(alternative.at("allOf").items(), alternative) {
		for _, member := range members {
			part = part.at("properties", member)
		}
		var words []string
		for _, name := range []string{"interface", "namespace", "name"} {
			for _, constant := range part.at("properties", name, "enum").items() {
				words = append(words, constant.text())
			}
		}
		if len(words) > 0 {
			return strings.Join(words, ".")
		}
	}
	return ""
}

// follow returns the place that a pointer leads to; its value is nil when there
// is none.
func follow(at spot, pointer string) spot {
	for _, name := range strings.Split(pointer, "/") {
		if i, err := strconv.Atoi(name); err == nil {
			items := at.items()
			if i >= len(items) {
				return spot{}
			}
			at = items[i]
			continue
		}
		at = at.at(name)
	}
	return at
}

// move puts what is at one pointer under another, whose parent is there already.
func move(document spot, from, to string) error {
	folder := func(pointer string) (map[string]any, string) {
		parent, name, _ := cutLast(pointer)
		members, _ := follow(document, parent).value.(map[string]any)
		return members, name
	}
	source, old := folder(from)
	target, renamed := folder(to)
	if source[old] == nil || target == nil {
		return fmt.Errorf("the schema is not the one that is known here: it has no %s", from)
	}
	target[renamed] = source[old]
	delete(source, old)
	return nil
}

func cutLast(pointer string) (parent, name string, ok bool) {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return "", pointer, false
	}
	return pointer[:i], pointer[i+1:], true
}
