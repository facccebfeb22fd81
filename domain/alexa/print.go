package alexa

import "fmt"

var _ fmt.Formatter = Directive{}

// Format implements fmt.Formatter: however a directive is printed, its token and
// its payload, which may hold a PIN, are not.
func (d Directive) Format(to fmt.State, _ rune) {
	_, _ = fmt.Fprintf(to, "%s(%q)", d.Key(), d.Endpoint.EndpointID)
}
