//go:build live

package homeprobe_test

import (
	"context"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// banned is the address that .ci/house.d/ip_bans.yaml bans.
const banned = "127.0.0.66"

// TestLive looks at a real Home Assistant in good and in bad moods.
func TestLive(t *testing.T) {
	healthy := homeprobe.Config{Access: home.Access{URL: os.Getenv("HOME_ASSISTANT_URL"), Token: secret.New(os.Getenv("HOME_ASSISTANT_TOKEN"))}}
	for name, c := range map[string]struct {
		change func(*homeprobe.Config)
		who    checkup.Speaker
	}{
		"healthy":         {func(*homeprobe.Config) {}, checkup.Home},
		"without a token": {func(c *homeprobe.Config) { c.Token = secret.Text{} }, checkup.Home},
		"a wrong token":   {func(c *homeprobe.Config) { c.Token = secret.New("eyJh.eyJh.wrong") }, checkup.Rejecting},
		"a path too many": {func(c *homeprobe.Config) { c.URL += "/lovelace" }, checkup.Unknowing},
		"another path":    {func(c *homeprobe.Config) { c.URL += "/nothing" }, checkup.Unknowing},
		"an untrusted proxy": {func(c *homeprobe.Config) {
			c.Headers = map[string]secret.Text{"X-Forwarded-For": secret.New("203.0.113.7")}
		}, checkup.Distrusting},
		"banned": {func(c *homeprobe.Config) {
			c.Dialer = func(ctx context.Context, address string) (net.Conn, error) {
				d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(banned)}}
				return d.DialContext(ctx, "tcp", address)
			}
		}, checkup.Banning},
	} {
		t.Run(name, func(t *testing.T) {
			if base, err := url.Parse(healthy.URL); name == "banned" && (err != nil || base.Hostname() != "127.0.0.1") {
				t.Skip("a home of one's own bans nobody for this test: it wants the house of .ci/house")
			}
			config := healthy
			c.change(&config)
			p, err := homeprobe.New(config)
			if err != nil {
				t.Fatal(err)
			}
			way, err := p.Probe(t.Context(), true)
			if err != nil || way.Who != c.who || way.Answer != checkup.None || !way.Clocked || way.Skew.Abs() > 10*time.Second {
				t.Fatalf("met %+v", way)
			}
			wantVersion := c.who == checkup.Home && !config.Token.Empty()
			if (way.Version != "") != wantVersion || wantVersion && !strings.HasPrefix(way.Version, "20") || (len(way.Times) == 10) != (c.who == checkup.Home) {
				t.Errorf("met %+v", way)
			}
		})
	}
}
