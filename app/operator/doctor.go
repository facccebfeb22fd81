package operator

import "context"

// doctor looks at what a check-up is made of. That something is wrong is an answer,
// and no failure.
func (d *Desk) doctor(ctx context.Context, _ none) (any, error) {
	return d.parts.Doctor.Look(ctx), nil
}
