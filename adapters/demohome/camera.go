package demohome

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
)

// Features of cameras (CameraEntityFeature).
const (
	cameraOnOff  = 1
	cameraStream = 2
)

func cameras() kind {
	return kind{
		live: []string{"access_token", "motion_detection"},
		services: map[string]service{
			"turn_on":                  {features: []int{cameraOnOff}, do: turn("streaming")},
			"turn_off":                 {features: []int{cameraOnOff}, do: turn("idle")},
			"enable_motion_detection":  {do: detect(true)},
			"disable_motion_detection": {do: detect(false)},
		},
	}
}

// detect shows motion detection only while it is on, as Home Assistant does.
func detect(on bool) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		delete(e.attrs, "motion_detection")
		if on {
			e.set("motion_detection", true)
		}
		return c.report(e)
	}
}

// lens is what the house's cameras show, and to whom: one key opens all that was
// ever told of.
type lens struct{ key string }

func newLens() lens { return lens{key: strings.ToLower(rand.Text())} }

// opens says whether a key is the house's.
func (l lens) opens(key string) bool {
	return subtle.ConstantTimeCompare([]byte(key), []byte(l.key)) == 1
}

// stream answers with the address of a camera's stream. The demo integration's
// own cameras have none behind them, whatever their features say.
func (s *socket) stream(id int, m map[string]any) {
	s.house.mu.Lock()
	e := s.house.entities[text(m["entity_id"])]
	refusal := ""
	switch {
	case e == nil || e.domain != "camera":
		refusal = "Camera not found"
	case e.state == "idle":
		refusal = "Camera is off"
	case !e.has(cameraStream):
		refusal = "Camera " + e.ID + " does not support streaming"
	}
	s.house.mu.Unlock()
	if refusal != "" {
		s.fail(id, "start_stream_failed", refusal, nil)
		return
	}
	s.result(id, map[string]any{"url": "/api/hls/" + s.house.lens.key + "/master_playlist.m3u8"})
}

// sign answers with a path that its own signature opens for a while.
func (s *socket) sign(id int, m map[string]any) {
	s.result(id, map[string]any{"path": text(m["path"]) + "?authSig=" + s.house.lens.key})
}

// getPlaylist serves a stream's playlist, without anything in it.
func (h *House) getPlaylist(w http.ResponseWriter, r *http.Request) {
	if !h.lens.opens(r.PathValue("key")) {
		sendStatus(w, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
	send(w, http.StatusOK, []byte("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-ENDLIST\n"))
}

// dot is a picture of one pixel, a GIF.
var dot, _ = base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

// getPicture serves a camera's picture to whom it was signed for.
func (h *House) getPicture(w http.ResponseWriter, r *http.Request) {
	if !h.lens.opens(r.URL.Query().Get("authSig")) {
		sendStatus(w, http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "image/gif")
	send(w, http.StatusOK, dot)
}
