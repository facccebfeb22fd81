package lifecycle

// KeeperReport is what is known of all ports.
type KeeperReport struct {
	LIGS
	LUGS
	// InUse is how many bytes are in use, Threshold from how many memory is
	// scarce.
	InUse, Threshold int64
}

// LIGS is what was loaded when it was first needed. Loads and Failures are the sums over
// all ports; PortReport says what each is.
type LIGS struct {
	Loads    int64 `json:"loads"`
	Failures int64 `json:"failures"`
	// Ports are the ports' own reports, in the order in which they were made
	// known.
	Ports []PortReport `json:"ports"`
}

// LUGS is what was closed when nobody needed it any more.
type LUGS struct {
	// Enabled says whether unloading is on.
	Enabled bool `json:"enabled"`
	// Resident is how many ports are loaded, Minimum how many stay so however idle, Due
	// how many the next event closes that does not use them, Hot which are kept because
	// they are called often.
	Resident int      `json:"resident"`
	Minimum  int      `json:"minimum"`
	Due      int      `json:"due"`
	Hot      []string `json:"hot"`
	// Unloads count all that was closed, Unloaded why; Refused what was not, by the
	// check that refused. They are the sums over all ports, as is what follows.
	Unloads        int64    `json:"unloads"`
	Unloaded       ByReason `json:"by_reason"`
	Refused        ByCheck  `json:"refused"`
	Resurrections  int64    `json:"resurrections"`
	UnloadFailures int64    `json:"unload_failures"`
	// Given is about how many bytes closing gave back.
	Given int64 `json:"given"`
	// Emergencies is how often memory was scarce, LastRelief what was done the last
	// time; zero for never.
	Emergencies int64  `json:"emergencies"`
	LastRelief  Relief `json:"last_relief,omitzero"`
}

// Report returns what is known of all ports.
func (k *Keeper) Report() KeeperReport {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := KeeperReport{
		LIGS: LIGS{Ports: []PortReport{}},
		LUGS: LUGS{
			Enabled: k.o.Enabled, Minimum: k.o.Minimum, Due: len(k.due), Hot: []string{},
			Emergencies: k.emergencies, LastRelief: k.relief,
		},
		InUse: k.o.Memory(), Threshold: k.o.Threshold,
	}
	for _, p := range k.ports {
		one := p.Report()
		r.Ports = append(r.Ports, one)
		if one.Loaded {
			r.Resident++
		}
		if k.o.Hot(one.Name) {
			r.Hot = append(r.Hot, one.Name)
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
