package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

func locks() Kind {
	return Kind{
		Domain:     "lock",
		Category:   is(alexa.CategorySmartLock),
		Interfaces: []Interface{lock(), health()},
		Moving:     []string{"locking", "unlocking", "opening"},
		Stuck:      []string{"jammed"},
	}
}
