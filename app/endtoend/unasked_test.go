package endtoend

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestUnaskedIsNotLogged: what comes on a connection that nobody reads from is not quoted
// by net/http in the log. It may be anything, the token that LEE has shown for example.
func TestUnaskedIsNotLogged(t *testing.T) {
	for _, mode := range []string{"normal", "failsafe"} {
		t.Run(mode, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = conn.Close() }()
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 57\r\n\r\n"+
					`{"entity_id":"light.lamp","state":"on","attributes":{} } `+"HTTP/1.1 200 "+r.Header.Get("Authorization"))
			}))
			t.Cleanup(server.Close)
			f := start(t, nil, map[string]string{"LAMBDA_MODE": mode, "HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": ownCanary})
			f.invoke(t, event("Alexa.ReportState", "light#lamp"))
			f.output.wait(t, "idle connection")
		})
	}
}
