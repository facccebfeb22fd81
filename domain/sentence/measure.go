package sentence

// Unit is what a number is of. Alexa drops it: "set the thermostat to 21 degrees" is heard
// as 21.
type Unit uint8

// The units.
const (
	Degrees Unit = iota + 1
	Percent
)

// Measured returns a number with the word for its unit in a language ("de"), "21 degrees". The
// number stays as it is where there is no unit. A language that LEE does not speak counts as
// English.
func Measured(language, number string, unit Unit) string {
	if word := speaking(language).units[unit]; number != "" && word != "" {
		return number + " " + word
	}
	return number
}
