package demohome

import "math"

// White light: colour temperatures, and the white channels of RGBW and RGBWW.

// rgbOfKelvin is the colour of a black body of that temperature.
func rgbOfKelvin(kelvin float64) rgb {
	t := min(max(kelvin, 1000), 40000) / 100
	octet := func(v float64) float64 { return min(max(v, 0), 255) }
	var c rgb
	if t <= 66 {
		c[0] = 255
		c[1] = octet(99.4708025861*math.Log(t) - 161.1195681661)
	} else {
		c[0] = octet(329.698727446 * math.Pow(t-60, -0.1332047592))
		c[1] = octet(288.1221695283 * math.Pow(t-60, -0.0755148492))
	}
	switch {
	case t >= 66:
		c[2] = 255
	case t > 19:
		c[2] = octet(138.5177312231*math.Log(t-10) - 305.0447927307)
	}
	return c
}

// kelvinOfXY is McCamy's approximation.
func kelvinOfXY(x, y float64) int {
	n := (x - 0.3320) / (0.1858 - y)
	return int(437*n*n*n + 3601*n*n + 6861*n + 5517)
}

// scaled brings a colour to the brightness of another.
func scaled(like, v []float64) []float64 {
	most := func(v []float64) float64 {
		m := v[0]
		for _, e := range v {
			m = max(m, e)
		}
		return m
	}
	factor := 0.0
	if m := most(v); m != 0 {
		factor = most(like) / m
	}
	out := make([]float64, len(v))
	for i := range v {
		out[i] = math.RoundToEven(v[i] * factor)
	}
	return out
}

// rgbwOf moves what red, green and blue have in common to the white channel.
func rgbwOf(c rgb) []float64 {
	w := min(c[0], c[1], c[2])
	return scaled(c[:], []float64{c[0] - w, c[1] - w, c[2] - w, w})
}

// rgbwwOf does so with a cold and a warm white channel, alike.
func rgbwwOf(c rgb, kelvins [2]float64) []float64 {
	coldest, warmest := mired(kelvins[1]), mired(kelvins[0])
	white := rgbOfKelvin(mired(coldest + (warmest-coldest)/2))
	level := math.Inf(1)
	for i := range c {
		if white[i] == 0 {
			level = 0
		} else {
			level = min(level, c[i]/white[i])
		}
	}
	w := math.RoundToEven(level * 255)
	return scaled(c[:], []float64{c[0] - white[0]*level, c[1] - white[1]*level, c[2] - white[2]*level, w, w})
}

// rgbOfWhites is the colour that red, green, blue, cold and warm white make.
func rgbOfWhites(v []float64, kelvins [2]float64) rgb {
	coldest, warmest := mired(kelvins[1]), mired(kelvins[0])
	ratio := 0.5
	if v[3]+v[4] != 0 {
		ratio = v[4] / (v[3] + v[4])
	}
	white := rgbOfKelvin(mired(coldest + ratio*(warmest-coldest)))
	level := max(v[3], v[4]) / 255
	return rgb(scaled(v, []float64{v[0] + white[0]*level, v[1] + white[1]*level, v[2] + white[2]*level}))
}

// whites shares a brightness between cold and warm white for a temperature.
func whites(kelvin, brightness float64, kelvins [2]float64) []float64 {
	coldest, warmest := mired(kelvins[1]), mired(kelvins[0])
	if warmest == coldest {
		return []float64{0, 0, 0, 0, brightness}
	}
	cold := (warmest - mired(min(max(kelvin, kelvins[0]), kelvins[1]))) / (warmest - coldest) * brightness
	return []float64{0, 0, 0, math.RoundToEven(cold), math.RoundToEven(brightness - cold)}
}

// mired turns kelvin into mired and mired into kelvin, in whole ones.
func mired(v float64) float64 { return math.Floor(1000000 / v) }
