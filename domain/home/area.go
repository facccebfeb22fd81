package home

// ValidArea says whether an area's id has the form that Home Assistant gives it,
// a slug of its name: "living_room".
func ValidArea(id string) bool { return slug(id) }
