package demohome

import (
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// The forms in which Home Assistant answers, with its headers.

// minCompressed is the size above which a JSON answer is compressed
// (MIN_COMPRESSED_RESPONSE_SIZE in Home Assistant's helpers/http.py).
const minCompressed = 1024

// sendText answers in plain text.
func sendText(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	send(w, status, []byte(body))
}

// sendStatus answers with a status alone, as aiohttp writes it.
func sendStatus(w http.ResponseWriter, status int) {
	sendText(w, status, fmt.Sprintf("%d: %s", status, http.StatusText(status)))
}

// sendFailure is what an exception that nobody caught looks like.
func sendFailure(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	sendText(w, http.StatusInternalServerError, "500 Internal Server Error\n\nServer got itself in trouble")
}

// sendMessage answers with Home Assistant's {"message": …}.
func sendMessage(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	send(w, status, append(appendString([]byte(`{"message":`), message), '}'))
}

// sendJSON answers with JSON, compressed if it is large and r allows it.
func sendJSON(w http.ResponseWriter, r *http.Request, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	if len(body) > minCompressed {
		body = compressed(w, r, body)
	}
	send(w, http.StatusOK, body)
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // JSON, or text that is said to be; an error means that the caller has gone
}

// compressed packs a body in the way that aiohttp likes best of those that r
// accepts: deflate before gzip.
func compressed(w http.ResponseWriter, r *http.Request, body []byte) []byte {
	accepts := strings.ToLower(r.Header.Get("Accept-Encoding"))
	var packed strings.Builder
	var pack io.WriteCloser
	switch {
	case strings.Contains(accepts, "deflate"):
		w.Header().Set("Content-Encoding", "deflate")
		pack = zlib.NewWriter(&packed)
	case strings.Contains(accepts, "gzip"):
		w.Header().Set("Content-Encoding", "gzip")
		pack = gzip.NewWriter(&packed)
	default:
		return body
	}
	_, _ = pack.Write(body) // a strings.Builder takes everything
	_ = pack.Close()
	return []byte(packed.String())
}
