package demohome

import (
	"math"
	"slices"
	"strings"
)

// Colours are [3]float64 of red, green and blue, 0 to 255, on their way from one
// notation to another. The formulas are those that Home Assistant uses
// (util/color.py), so that the same command shows the same values: HSV, the wide
// gamut D65 matrix that Philips published for Hue, and Tanner Helland's
// approximation of a black body.
type rgb = [3]float64

// colourFor turns a colour from one notation into one that a light of these
// modes can do, in Home Assistant's order of preference.
func colourFor(notation string, v []float64, kelvins [2]float64, modes []string) (mode string, value any, ok bool) {
	if slices.Contains(modes, notation) {
		return notation, asNotation(notation, v), true
	}
	c := rgbOf(notation, v, kelvins)
	order := map[string][]string{
		"hs":    {"rgb", "rgbw", "rgbww", "xy", "color_temp"},
		"rgb":   {"rgbw", "rgbww", "hs", "xy", "color_temp"},
		"xy":    {"hs", "rgb", "rgbw", "rgbww", "color_temp"},
		"rgbw":  {"rgb", "rgbww", "hs", "xy", "color_temp"},
		"rgbww": {"rgb", "rgbw", "hs", "xy", "color_temp"},
	}
	for _, mode := range order[notation] {
		if !slices.Contains(modes, mode) {
			continue
		}
		switch mode {
		case "rgb":
			return mode, ints(c[:]), true
		case "rgbw":
			return mode, ints(rgbwOf(c)), true
		case "rgbww":
			return mode, ints(rgbwwOf(c, kelvins)), true
		case "hs":
			h, s := hsOfRGB(c)
			return mode, []any{h, s}, true
		case "xy":
			x, y := xyOfRGB(c)
			return mode, []any{x, y}, true
		case "color_temp":
			return mode, kelvinOfXY(xyOfRGB(c)), true
		}
	}
	return "", nil, false
}

// notations returns a light's present colour in every notation that its mode
// has, by the names of the attributes.
func notations(mode string, known map[string]any, kelvins [2]float64) map[string]any {
	var c rgb
	out := map[string]any{}
	if mode == "color_temp" {
		kelvin := number(known["color_temp_kelvin"])
		h, s := hsOfRGB(rgbOfKelvin(kelvin))
		c = rgbOfHS(h, s)
		out["hs_color"] = []any{round(h, 3), round(s, 3)}
	} else {
		own, ok := known[mode+"_color"].([]any)
		if !ok {
			return nil
		}
		c = rgbOf(mode, numbersOf(own), kelvins)
		h, s := hsOfRGB(c)
		out["hs_color"] = []any{h, s}
		out[mode+"_color"] = own
	}
	if _, given := out["rgb_color"]; !given {
		out["rgb_color"] = ints(c[:])
	}
	if _, given := out["xy_color"]; !given {
		x, y := xyOfRGB(c)
		out["xy_color"] = []any{x, y}
	}
	return out
}

func rgbOf(notation string, v []float64, kelvins [2]float64) rgb {
	switch notation {
	case "hs":
		return rgbOfHS(v[0], v[1])
	case "xy":
		return rgbOfXY(v[0], v[1])
	case "rgbw":
		return rgb(scaled(v, []float64{v[0] + v[3], v[1] + v[3], v[2] + v[3]}))
	case "rgbww":
		return rgbOfWhites(v, kelvins)
	}
	return rgb(v[:3])
}

// asNotation types a value as the light shows it.
func asNotation(notation string, v []float64) any {
	if notation == "hs" || notation == "xy" {
		return []any{round(v[0], 6), round(v[1], 6)}
	}
	return ints(v)
}

// named returns a colour by its CSS name; one that it does not know is white, as
// in Home Assistant.
func named(name string) []float64 {
	c, ok := map[string]rgb{
		"red": {255, 0, 0}, "orange": {255, 165, 0}, "yellow": {255, 255, 0}, "green": {0, 128, 0}, "lime": {0, 255, 0},
		"cyan": {0, 255, 255}, "blue": {0, 0, 255}, "purple": {128, 0, 128}, "magenta": {255, 0, 255}, "pink": {255, 192, 203},
		"violet": {238, 130, 238}, "lavender": {230, 230, 250}, "salmon": {250, 128, 114}, "skyblue": {135, 206, 235},
		"gold": {255, 215, 0}, "crimson": {220, 20, 60}, "turquoise": {64, 224, 208}, "white": {255, 255, 255},
		"homeassistant": {24, 188, 242},
	}[strings.ToLower(strings.ReplaceAll(name, " ", ""))]
	if !ok {
		c = rgb{255, 255, 255}
	}
	return c[:]
}

func rgbOfHS(h, s float64) rgb {
	sector, s := h/60, s/100
	f := sector - math.Floor(sector)
	p, q, t := 1-s, 1-s*f, 1-s*(1-f)
	c := []rgb{{1, t, p}, {q, 1, p}, {p, 1, t}, {p, q, 1}, {t, p, 1}, {1, p, q}}[int(sector)%6]
	return rgb{math.RoundToEven(c[0] * 255), math.RoundToEven(c[1] * 255), math.RoundToEven(c[2] * 255)}
}

func hsOfRGB(c rgb) (h, s float64) {
	r, g, b := c[0]/255, c[1]/255, c[2]/255
	most, least := max(r, g, b), min(r, g, b)
	if most == least {
		return 0, 0
	}
	spread := most - least
	rc, gc, bc := (most-r)/spread, (most-g)/spread, (most-b)/spread
	switch most {
	case r:
		h = bc - gc
	case g:
		h = 2 + rc - bc
	default:
		h = 4 + gc - rc
	}
	h = math.Mod(h/6, 1)
	if h < 0 {
		h++
	}
	return round(h*360, 3), round(spread/most*100, 3)
}

func xyOfRGB(c rgb) (x, y float64) {
	if c[0]+c[1]+c[2] == 0 {
		return 0, 0
	}
	linear := func(v float64) float64 {
		if v /= 255; v > 0.04045 {
			return math.Pow((v+0.055)/1.055, 2.4)
		}
		return v / 12.92
	}
	r, g, b := linear(c[0]), linear(c[1]), linear(c[2])
	bigX := r*0.664511 + g*0.154324 + b*0.162028
	bigY := r*0.283881 + g*0.668433 + b*0.047685
	bigZ := r*0.000088 + g*0.072310 + b*0.986039
	sum := bigX + bigY + bigZ
	return round(bigX/sum, 3), round(bigY/sum, 3)
}

func rgbOfXY(x, y float64) rgb {
	y = max(y, 1e-11)
	bigX, bigY, bigZ := x/y, 1.0, (1-x-y)/y
	c := rgb{
		bigX*1.656492 - bigY*0.354851 - bigZ*0.255038,
		-bigX*0.707196 + bigY*1.655397 + bigZ*0.036152,
		bigX*0.051713 - bigY*0.121364 + bigZ*1.011530,
	}
	most := 1.0
	for i, v := range c {
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		c[i] = max(v, 0)
		most = max(most, c[i])
	}
	for i := range c {
		c[i] = math.Trunc(c[i] / most * 255)
	}
	return c
}

func ints(v []float64) []any {
	out := make([]any, len(v))
	for i := range v {
		out[i] = int(v[i])
	}
	return out
}

func numbersOf(list []any) []float64 {
	out := make([]float64, len(list))
	for i := range list {
		out[i] = number(list[i])
	}
	return out
}
