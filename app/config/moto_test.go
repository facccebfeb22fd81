//go:build live

package config

import (
	"context"
	"crypto/rand"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	amazon "github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestMoto has live settings read a Parameter Store of another's making: every
// setting that it may hold, types that are wrong, a change, and its end.
func TestMoto(t *testing.T) {
	url := os.Getenv("LEE_MOTO_URL")
	if url == "" {
		t.Skip("LEE_MOTO_URL is not set: there is no moto server to test against")
	}
	prefix := "/lee-settings-" + strings.ToLower(rand.Text())
	put := motoPut(t, url, prefix)
	a := newAuthority(t)
	cert, key := a.issue("lee")
	for path, value := range map[string]string{
		"log_level": "DEBUG", "debug_mode": "true", "operator_secret": "correct-horse-battery",
		"homeassistant/url": here, "homeassistant/enabled": "true", "homeassistant/token": canary,
		"homeassistant/headers": "X-Secret: " + canary, "homeassistant/ca": a.PEM,
		"homeassistant/client_cert": cert, "homeassistant/client_key": key, "homeassistant/verify_ssl": "false",
		"homeassistant/timeout": "7", "homeassistant/assistant_name": "Jarvis", "homeassistant/locale": "de-DE",
		"homeassistant/codes": "lock.door=" + canary, "homeassistant/voice_unlock": "false", "homeassistant/voice_disarm": "false",
		"homeassistant/expose": "light, -light.attic", "homeassistant/names": "area", "homeassistant/overrides": "light.hall: name=Hall",
		"homeassistant/skill_ids":          "amzn1.ask.skill.1",
		"homeassistant/conversation_agent": "conversation.other", "homeassistant/rooms": "a=kitchen",
	} {
		kind := types.ParameterTypeString
		if rowAt(t, path).Secret {
			kind = types.ParameterTypeSecureString
		}
		put(path, value, kind)
	}
	put("homeassistant/features", "alexa,scripts", types.ParameterTypeStringList)

	clock := portstest.NewClock()
	given := variables{
		"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": prefix,
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": canary, "AWS_ENDPOINT_URL": url,
	}
	store, err := ssm.New(ssm.FromEnvironment(given.lookup))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	away := &portstest.ParameterStore{}
	behind := &switched{ports: []ports.Parameters{store, away}}
	l := NewLive(Options{Environment: given.environment(), Parameters: behind, Clock: clock})

	s, err := l.Settings(t.Context())
	r := l.Report()
	if err != nil || r.Mistakes != nil {
		t.Fatalf("Settings gives %v and the mistakes %v", err, r.Mistakes)
	}
	if s.Access.Token.Reveal() != canary || s.Access.Headers["X-Secret"].Reveal() != canary || s.Features.String() != "core,alexa,scripts" {
		t.Errorf("the settings are %+v", s)
	}
	for _, e := range r.Settings {
		if rowOf(t, e.Variable).Path != "" && (e.Source != setting.FromParameterStore || e.Note != "") {
			t.Errorf("%+v, want it from the Parameter Store, with nothing to note", e)
		}
	}
	if text := inJSON(t, r); strings.Contains(text, canary) {
		t.Errorf("the report shows a secret: %s", text)
	}

	// Kept as what it is not.
	put("homeassistant/url", here+","+there, types.ParameterTypeStringList)
	if version, err := l.Reload(t.Context()); version != 1 || fault.Of(err) != fault.Misconfigured {
		t.Errorf("Reload gives %d, %v", version, err)
	}
	put("homeassistant/url", there, types.ParameterTypeString)
	clock.Advance(ParameterTTL)
	if s, err := l.Settings(t.Context()); err != nil || s.Access.URL != there {
		t.Errorf("after a change the URL is %q, %v", s.Access.URL, err)
	}

	// Gone.
	away.Fail(fault.New(fault.Throttled, "No."))
	behind.at = 1
	clock.Advance(ParameterTTL)
	if s, err := l.Settings(t.Context()); err != nil || s.Access.URL != there {
		t.Errorf("when the store throttles the URL is %q, %v", s.Access.URL, err)
	}
}

// switched is one of several stores.
type switched struct {
	ports.Parameters
	ports []ports.Parameters
	at    int
}

func (s *switched) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	return s.ports[s.at].Below(ctx, path)
}

func rowAt(t *testing.T, path string) setting.Variable {
	t.Helper()
	for _, v := range Variables() {
		if v.Path == path {
			return v
		}
	}
	t.Fatalf("there is no setting at %s", path)
	return setting.Variable{}
}

// motoPut returns what keeps a parameter until the test ends.
func motoPut(t *testing.T, url, prefix string) func(path, value string, kind types.ParameterType) {
	t.Helper()
	client := amazon.New(amazon.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(url),
		HTTPClient: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "any"}, nil
		}),
	})
	return func(path, value string, kind types.ParameterType) {
		t.Helper()
		name := aws.String(prefix + "/" + path)
		// AWS does not change a parameter's type: it is kept again.
		_, _ = client.DeleteParameter(t.Context(), &amazon.DeleteParameterInput{Name: name})
		if _, err := client.PutParameter(t.Context(), &amazon.PutParameterInput{Name: name, Value: aws.String(value), Type: kind}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_, _ = client.DeleteParameter(context.Background(), &amazon.DeleteParameterInput{Name: name})
		})
	}
}
