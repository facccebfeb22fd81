package demohome

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxBody is the largest request that Home Assistant reads.
const maxBody = 16 << 20

// A handler answers a request of a user whom the house knows.
type handler func(w http.ResponseWriter, r *http.Request, user string)

// A view is what one path answers, by method.
type view map[string]handler

// routes returns the table of the paths.
func (h *House) routes() http.Handler {
	mux := http.NewServeMux()
	for path, v := range map[string]view{
		"/api/{$}":                         {"GET": h.getStatus},
		"/api/config":                      {"GET": h.getConfig},
		"/api/states":                      {"GET": h.getStates},
		"/api/states/{entity_id}":          {"GET": h.getState, "POST": h.postState, "DELETE": h.deleteState},
		"/api/services":                    {"GET": h.getServices},
		"/api/services/{domain}/{service}": {"POST": h.postService},
		"/api/template":                    {"POST": h.postTemplate},
		"/api/conversation/process":        {"POST": h.postConversation},
		ownAlexa:                           {"POST": h.postDirective},
	} {
		if path == ownAlexa && !h.options.OwnAlexa {
			continue
		}
		mux.Handle(path, h.serve(v))
	}
	mux.HandleFunc("GET /auth/providers", getProviders)
	mux.HandleFunc("/api/websocket", h.socket)
	mux.HandleFunc("GET /api/hls/{key}/master_playlist.m3u8", h.getPlaylist)
	mux.HandleFunc("GET /api/camera_proxy/{entity_id}", h.getPicture)
	nothing := func(w http.ResponseWriter, _ *http.Request) { sendStatus(w, http.StatusNotFound) }
	mux.HandleFunc("/", nothing)
	mux.HandleFunc("/api", nothing) // which net/http would redirect to /api/
	return mux
}

// ServeHTTP answers a request as Home Assistant would.
func (h *House) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.requests.Add(1)
	if h.options.Latency > 0 {
		h.sleep(r, h.options.Latency)
	}
	h.withFaults(w, r, func(w http.ResponseWriter) {
		maps.Copy(w.Header(), http.Header{
			"Referrer-Policy":        {"no-referrer"},
			"X-Content-Type-Options": {"nosniff"},
			"X-Frame-Options":        {"SAMEORIGIN"},
			"Server":                 {""}, // Home Assistant does not say what it runs on
		})
		if h.isBanned(r) {
			sendStatus(w, http.StatusForbidden)
			return
		}
		h.door.ServeHTTP(w, r)
	})
}

// serve finds the handler of a request's method and who asks.
func (h *House) serve(v view) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		do, ok := v[r.Method]
		if !ok {
			w.Header().Set("Allow", strings.Join(slices.Sorted(maps.Keys(v)), ","))
			sendStatus(w, http.StatusMethodNotAllowed)
			return
		}
		user, ok := h.caller(r)
		if !ok {
			h.wrongToken(r)
			sendUnauthorized(w, r)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		do(w, r, user)
	})
}

// sleep waits, unless the one who asked goes or the house is closed.
func (h *House) sleep(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-h.closing:
	}
}

// body reads a request's JSON. It is nil for an empty one. On false the answer
// has been given: broken is what Home Assistant says of what is not JSON.
func body(w http.ResponseWriter, r *http.Request, broken string) (v any, ok bool) {
	raw, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		sendText(w, http.StatusRequestEntityTooLarge, "Maximum request body size 16777216 exceeded.")
		return nil, false
	case err != nil:
		sendStatus(w, http.StatusBadRequest)
		return nil, false
	case len(raw) == 0:
		return nil, true
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil || decoder.Decode(new(any)) != io.EOF {
		sendMessage(w, http.StatusBadRequest, broken)
		return nil, false
	}
	return values(v), true
}
