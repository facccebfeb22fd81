package home

// Config is what the home says of itself (Home Assistant's GET /api/config).
type Config struct {
	// Version is Home Assistant's version, "2026.11.0".
	Version string
	// Name is what its people call the home.
	Name string
	// Temperature is the unit of every temperature that does not say its own.
	Temperature Unit
	// TimeZone is an IANA zone name; "" when the home did not say.
	TimeZone string
	// Country and Language are what the home is set to, "US" and "en"; "" when
	// it did not say.
	Country, Language string
	// Phase is how far the home is with its start.
	Phase Phase
	// Components are the integrations that are set up, "light", "alexa".
	Components []string
	// Public is the address under which anyone on the internet finds the home:
	// https on its standard port, under a name, without a slash at its end. "" when
	// there is none that is known.
	Public string
}

// Unit is a unit of measurement as Home Assistant writes it.
type Unit string

// The units that LEE reads.
const (
	Celsius    Unit = "°C"
	Fahrenheit Unit = "°F"
	Kelvin     Unit = "K"
	Percent    Unit = "%"
)
