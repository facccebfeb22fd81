package homeassistant

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestRequestsAreNoted: each request that the home gets is noted, also where one call
// sends several.
func TestRequestsAreNoted(t *testing.T) {
	oldHome := func(w http.ResponseWriter, r *http.Request) {
		if body, _ := io.ReadAll(r.Body); strings.Contains(string(body), "device_id") {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"message":"Message format incorrect: extra keys not allowed @ data['device_id']"}`)
			return
		}
		says(`{"response":{"response_type":"action_done"}}`)(w, r)
	}
	for name, c := range map[string]struct {
		home http.HandlerFunc
		call func(ctx context.Context, c *Client) error
		want int64
	}{
		"a state": {says(`{"entity_id":"light.a","state":"on"}`), func(ctx context.Context, c *Client) error {
			_, err := c.State(ctx, "light.a")
			return err
		}, 1},
		"an entity that cannot be": {nil, func(ctx context.Context, c *Client) error {
			_, err := c.State(ctx, "light")
			want(t, "State", err, fault.NotFound, false)
			return nil
		}, 0},
		"a home that does not take the place": {oldHome, func(ctx context.Context, c *Client) error {
			_, err := c.Converse(ctx, home.Utterance{Text: "Hello", Device: "a"})
			return err
		}, 2},
		"registries by a template": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/api/template" {
				blocked(w, r)
				return
			}
			renders(`{"areas":[],"labels":[],"hidden":[]}`)(w, r)
		}, func(ctx context.Context, c *Client) error {
			_, err := portstest.ReadRegistry(ctx, c, nil)
			return err
		}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			var got, noted atomic.Int64
			to := client(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
				got.Add(1)
				c.home(w, r)
			}).URL)
			err := c.call(ports.WithRequests(t.Context(), &noted), to)
			if n, m := got.Load(), noted.Load(); err != nil || n != c.want || m != n {
				t.Errorf("the home had %d requests, and %d are noted (%v), want %d", n, m, err, c.want)
			}
		})
	}
}
