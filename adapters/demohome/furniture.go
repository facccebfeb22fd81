package demohome

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"path"
)

// house/ describes what is in the house: the entities, one file for some
// domains, the areas, the labels and what the house says of itself.
//
//go:embed house/*.json
var house embed.FS

// furniture returns the things in the house, in the order of their files.
func furniture() []record {
	var all []record
	for _, name := range []string{
		"light", "switch", "lock", "cover", "fan", "climate", "media", "security", "sensor", "routine", "helper",
	} {
		var records []record
		read(name, &records)
		for _, r := range records {
			values(r.Attributes)
			for _, a := range r.Actions {
				values(a.Data)
			}
			all = append(all, r)
		}
	}
	return all
}

// read decodes a file of house/. The files are part of the program: one that
// cannot be read is a mistake in it.
func read(name string, into any) {
	decoder := json.NewDecoder(bytes.NewReader(raw(name)))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		panic(fmt.Sprintf("demohome: house/%s.json: %v", name, err))
	}
}

func raw(name string) []byte {
	file, err := house.ReadFile(path.Join("house", name+".json"))
	if err != nil {
		panic(fmt.Sprintf("demohome: %v", err))
	}
	return file
}

// plain copies attributes, turning values of other types into the ones that
// the house works with.
func plain(attributes map[string]any) map[string]any {
	out := make(map[string]any, len(attributes))
	decoder := json.NewDecoder(bytes.NewReader(appendObject(nil, attributes)))
	decoder.UseNumber()
	if err := decoder.Decode(&out); err != nil {
		panic(fmt.Sprintf("demohome: attributes that are no JSON: %v", err))
	}
	values(out)
	return out
}
