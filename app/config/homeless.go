package config

import "github.com/lambda-execution-engine/lee/domain/fault"

// Homeless returns why there is no home by these settings, a fault.Misconfigured; nil
// when there is one. A token of LEE's own that cannot be used is a reason: with the
// account's token in its place, a slip of the operator could unlink the account.
func (l *Live) Homeless(s Settings) error {
	switch {
	case s.HomeURL == "":
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set, or cannot be used.")
	case !s.HomeEnabled:
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_ENABLED is false.")
	case l.Mistaken("HOME_ASSISTANT_TOKEN"):
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN cannot be used.")
	default:
		return nil
	}
}
