package lifecycle

// KeeperReport is what is known of all ports: the figures of LIGS and LUGS.
type KeeperReport struct {
	// Enabled says whether unloading is on.
	Enabled bool
	// Ports are the ports' own reports, in the order in which they were made
	// known.
	Ports []PortReport
	// Resident is how many are loaded, Minimum how many stay so, Due how many are
	// to be closed by the next event that does not use them.
	Resident, Minimum, Due int
	// The sums over all ports; PortReport says what each is.
	Loads, Failures, Resurrections, Unloads int64
	Unloaded                                [Reasons]int64
	Refused                                 [Checks]int64
	UnloadFailures                          int64
	// Given is the sum of the ports' estimates, in bytes.
	Given int64
	// Emergencies is how often memory was scarce, LastRelief what was done the
	// last time.
	Emergencies int64
	LastRelief  Relief
	// InUse is how many bytes are in use, Threshold from how many memory is
	// scarce.
	InUse, Threshold int64
}

// Report returns what is known of all ports.
func (k *Keeper) Report() KeeperReport {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := KeeperReport{
		Enabled:     k.o.Enabled,
		Minimum:     k.o.Minimum,
		Due:         len(k.due),
		Emergencies: k.emergencies,
		LastRelief:  k.relief,
		InUse:       k.o.Memory(),
		Threshold:   k.o.Threshold,
	}
	for _, p := range k.ports {
		one := p.Report()
		r.Ports = append(r.Ports, one)
		if one.Loaded {
			r.Resident++
		}
		r.Loads += one.Loads
		r.Failures += one.Failures
		r.Resurrections += one.Resurrections
		r.Unloads += one.Unloads
		r.UnloadFailures += one.UnloadFailures
		r.Given += one.Given
		for i, n := range one.Unloaded {
			r.Unloaded[i] += n
		}
		for i, n := range one.Refused {
			r.Refused[i] += n
		}
	}
	return r
}
