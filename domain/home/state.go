package home

import "time"

// State is what the home says of an entity at one moment. It is a value: nobody
// changes one after it was made, so it is safe for concurrent use.
type State struct {
	// ID names the entity.
	ID EntityID
	// Value is the state itself, "on", "21.5", "locked".
	Value string
	// Attributes are the attributes that LEE reads, a subset of what the home
	// sent (the Attribute names in this package).
	Attributes Fields
	// Cut says that the attributes are not there: the home has more in all than there is
	// room for.
	Cut bool
	// Changed is when Value last changed; zero when the home did not say.
	Changed time.Time
	// Updated is when Value or an attribute last changed; zero when the home
	// did not say.
	Updated time.Time
	// Told is when the home told the state of this one entity, by its own clock and
	// in whole seconds; zero when it did not say.
	Told time.Time
}

// The states that every domain has.
const (
	On          = "on"
	Off         = "off"
	Unavailable = "unavailable"
	Unknown     = "unknown"
)

// Available says whether the home can reach the device behind the entity.
func (s State) Available() bool { return s.Value != Unavailable && s.Value != "" }

// Number returns the attribute called name as a number; ok is false when the
// entity has none of that name, or it is no number.
func (s State) Number(name string) (f float64, ok bool) { return s.Attributes.Get(name).Number() }

// Text returns the attribute called name as a text, "" when it has none.
func (s State) Text(name string) string {
	text, _ := s.Attributes.Get(name).Text()
	return text
}

// Flag returns the attribute called name as a flag, false when it has none.
func (s State) Flag(name string) bool {
	flag, _ := s.Attributes.Get(name).Flag()
	return flag
}

// Texts returns the texts in the list attribute called name; members that are
// no text are left out.
func (s State) Texts(name string) []string {
	items := s.Attributes.Get(name).Items()
	texts := make([]string, 0, len(items))
	for _, item := range items {
		if text, ok := item.Text(); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Numbers returns the list attribute called name as numbers; ok is false when
// it has none, or a member is no number.
func (s State) Numbers(name string) (fs []float64, ok bool) {
	items := s.Attributes.Get(name).Items()
	for _, item := range items {
		f, isNumber := item.Number()
		if !isNumber {
			return nil, false
		}
		fs = append(fs, f)
	}
	return fs, len(fs) > 0
}

// Has says whether the bit set feature is in the entity's supported_features.
func (s State) Has(feature Feature) bool {
	f, ok := s.Number(AttrSupportedFeatures)
	return ok && f >= 0 && uint64(f)&uint64(feature) == uint64(feature)
}

// Name returns the entity's friendly name, or a readable form of its object id
// when it has none.
func (s State) Name() string {
	if name := s.Text(AttrFriendlyName); name != "" {
		return name
	}
	object := []byte(s.ID.Object())
	for i, c := range object {
		if c == '_' {
			object[i] = ' '
		}
	}
	return string(object)
}
