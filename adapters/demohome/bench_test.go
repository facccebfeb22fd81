package demohome_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// The house is in the floor of LEE's own benchmarks, so it must cost little.

func BenchmarkTurnOn(b *testing.B) {
	h := demohome.New(demohome.Options{})
	defer func() { _ = h.Close() }()
	data := []string{`{"entity_id":"light.kitchen_lights","brightness":10}`, `{"entity_id":"light.kitchen_lights","brightness":20}`}
	b.ReportAllocs()
	for i := range b.N {
		r := httptest.NewRequest(http.MethodPost, "/api/services/light/turn_on", strings.NewReader(data[i%2]))
		r.Header.Set("Authorization", "Bearer "+demohome.DefaultToken)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

func BenchmarkStates(b *testing.B) {
	h := demohome.New(demohome.Options{})
	defer func() { _ = h.Close() }()
	h.Grow(2000)
	for _, accept := range []string{"identity", "gzip"} {
		b.Run(accept, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = h.Set("light.kitchen_lights", "on", nil) // no state is the old one
				r := httptest.NewRequest(http.MethodGet, "/api/states", http.NoBody)
				r.Header.Set("Authorization", "Bearer "+demohome.DefaultToken)
				r.Header.Set("Accept-Encoding", accept)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				b.SetBytes(int64(w.Body.Len()))
			}
		})
	}
}
