package home

// Floor is a floor of a home, or another group of areas.
type Floor struct {
	ID, Name string
	// Aliases are what people call it besides; nil also where the home does not tell.
	Aliases []string
}

// WithFloors returns the registry, which knows these floors as well: that there are no
// others, and which areas are on which. It keeps what the floors refer to; the caller must
// not change that afterwards. Of two with one id the later counts.
func (r Registry) WithFloors(floors []Floor) Registry {
	r.floors = make(map[string]Floor, len(floors))
	for _, floor := range floors {
		r.floors[floor.ID] = floor
	}
	r.knows |= PartFloors
	return r
}

// FloorOf returns the floor that the area of an entity is on; ok is false when it is on
// none, or nobody knows.
func (r Registry) FloorOf(id EntityID) (floor Floor, ok bool) {
	area, placed := r.AreaOf(id)
	if !placed || area.Floor == "" {
		return Floor{}, false
	}
	floor, ok = r.floors[area.Floor]
	return floor, ok
}
