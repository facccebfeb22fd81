package lifecycle

// Resident returns how many ports are loaded. It costs less than a Report.
func (k *Keeper) Resident() (n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, p := range k.ports {
		if p.Loaded() {
			n++
		}
	}
	return n
}
