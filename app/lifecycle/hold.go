package lifecycle

import (
	"context"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Hold has a port stay loaded, however idle and in an emergency too, until Release:
// for a person who looks into something and wants it to stay as it is. It is loaded where
// need be. Holding it again does nothing. What takes the port's place when the home is
// another is not held.
//
// The error is a fault.Invalid when there is no port of that name, or the loader's.
func (k *Keeper) Hold(ctx context.Context, port string) error {
	p, err := k.find(port)
	if err != nil {
		return err
	}
	release, err := p.hold(ctx)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.held[port]; ok {
		release()
		return nil
	}
	if k.held == nil {
		k.held = map[string]func(){}
	}
	k.held[port] = release
	return nil
}

// Release ends Hold; what is not held is left as it is. The error is a fault.Invalid
// when there is no port of that name.
func (k *Keeper) Release(port string) error {
	if _, err := k.find(port); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if release, ok := k.held[port]; ok {
		release()
		delete(k.held, port)
	}
	return nil
}

// find returns the port of a name.
func (k *Keeper) find(port string) (Unloadable, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var names []string
	for _, p := range k.ports {
		if p.Name() == port {
			return p, nil
		}
		names = append(names, p.Name())
	}
	slices.Sort(names)
	return nil, fault.Newf(fault.Invalid, "LEE has no port %.64q; it has %s.", port, strings.Join(names, ", "))
}
