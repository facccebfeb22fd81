//go:build live

package ssm_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	amazonssm "github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/lambda-execution-engine/lee/adapters/ssm"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// moto is a moto server (https://docs.getmoto.org): another implementation of
// AWS, rights included.
type moto struct {
	t   *testing.T
	url string
}

func startedMoto(t *testing.T) moto {
	t.Helper()
	url := os.Getenv("LEE_MOTO_URL")
	if url == "" {
		t.Skip("LEE_MOTO_URL is not set: there is no moto server to test against")
	}
	return moto{t, strings.TrimRight(url, "/")}
}

// TestMoto runs the contract against moto, behind a proxy that throttles when
// told: moto itself never does.
func TestMoto(t *testing.T) {
	portstest.Parameters(t, func(t *testing.T) portstest.ParametersSetup {
		t.Helper()
		m := startedMoto(t)
		var throttled atomic.Bool
		target, err := url.Parse(m.url)
		if err != nil {
			t.Fatal(err)
		}
		// Signatures cover the host, so moto must see the one that was signed.
		transport := &http.Transport{}
		proxy := &httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
		}}
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if throttled.Load() {
				refuse(w, http.StatusBadRequest, "ThrottlingException")
				return
			}
			proxy.ServeHTTP(w, r)
		}))
		t.Cleanup(front.Close)
		t.Cleanup(transport.CloseIdleConnections)
		store := m.open(front.URL, "AKIDEXAMPLE", "canary-key")
		return portstest.ParametersSetup{
			Parameters: store,
			Put:        m.put,
			Throttle:   func() { throttled.Store(true) },
			Forbid:     m.guard,
			Vanish:     front.Close,
		}
	})
}

// TestMotoKeeps runs the contract of keeping parameters against moto.
func TestMotoKeeps(t *testing.T) {
	portstest.ParameterKeeper(t, func(t *testing.T) portstest.KeeperSetup {
		t.Helper()
		m := startedMoto(t)
		store := m.open(m.url, "AKIDEXAMPLE", "canary-key")
		return portstest.KeeperSetup{ParameterKeeper: store, Parameters: store, Forbid: m.guard}
	})
}

// TestKeepRights has a user who may keep parameters and do nothing else. Moto lets
// nobody in whose rights name a parameter, so they name none here.
func TestKeepRights(t *testing.T) {
	m := startedMoto(t)
	name := "lee-" + rand.Text()
	m.iam(url.Values{"Action": {"CreateUser"}, "UserName": {name}})
	m.iam(url.Values{"Action": {"PutUserPolicy"}, "UserName": {name}, "PolicyName": {"lee"}, "PolicyDocument": {
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:PutParameter","Resource":"*"}]}`}})
	answer := m.iam(url.Values{"Action": {"CreateAccessKey"}, "UserName": {name}})
	m.guard()
	store := m.open(m.url, answer.ID, answer.Key)
	if err := store.Keep(t.Context(), ports.Parameter{Name: "/lee-rooms/homeassistant/rooms/0a1b", Value: secret.New("kitchen")}); err != nil {
		t.Errorf("Keep: %v", err)
	}
}

// TestRights has users with and without the rights that the function's role gets.
func TestRights(t *testing.T) {
	m := startedMoto(t)
	m.put(ports.Parameter{Name: "/lee-rights/homeassistant/url", Value: secret.New("https://home.example.org"), Type: ports.ParameterString})
	user := func(policy string) (id, key string) {
		name := "lee-" + rand.Text()
		m.iam(url.Values{"Action": {"CreateUser"}, "UserName": {name}})
		if policy != "" {
			m.iam(url.Values{"Action": {"PutUserPolicy"}, "UserName": {name}, "PolicyName": {"lee"}, "PolicyDocument": {policy}})
		}
		answer := m.iam(url.Values{"Action": {"CreateAccessKey"}, "UserName": {name}})
		return answer.ID, answer.Key
	}
	mayID, mayKey := user(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:GetParametersByPath","Resource":"*"}]}`)
	otherID, otherKey := user(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:PutParameter","Resource":"*"}]}`)
	noneID, noneKey := user("")
	m.guard()
	for _, c := range []struct {
		name, id, key string
		refused       bool
	}{
		{"enough rights", mayID, mayKey, false},
		{"other rights", otherID, otherKey, true},
		{"no rights", noneID, noneKey, true},
		{"another's key", mayID, noneKey, true},
		{"a user who does not exist", "AKIANOBODY", "canary-key", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := m.open(m.url, c.id, c.key).Below(t.Context(), "/lee-rights")
			switch {
			case !c.refused && (err != nil || len(list) != 1):
				t.Errorf("Below gave %v and %v, want one parameter", list, err)
			case c.refused && fault.Of(err) != fault.NotAllowed:
				t.Errorf("Below gave %v and %v, want a fault.NotAllowed", list, err)
			case c.refused && strings.Contains(err.Error(), c.key):
				t.Errorf("the error shows the key: %v", err)
			}
		})
	}
}

// open returns a store with a user's credentials.
func (m moto) open(at, id, key string) *ssm.Store {
	m.t.Helper()
	store, err := ssm.New(ssm.Config{Region: "eu-west-1", AccessKeyID: id, SecretAccessKey: secret.New(key), Endpoint: at})
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = store.Close() })
	return store
}

// put keeps a parameter until the test ends.
func (m moto) put(p ports.Parameter) {
	m.t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	client := amazonssm.New(amazonssm.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(m.url), HTTPClient: &http.Client{Transport: transport},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "any"}, nil
		}),
	})
	_, err := client.PutParameter(m.t.Context(), &amazonssm.PutParameterInput{
		Name: aws.String(p.Name), Value: aws.String(p.Value.Reveal()), Type: types.ParameterType(p.Type.String()), Overwrite: aws.Bool(true),
	})
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() {
		_, _ = client.DeleteParameter(context.Background(), &amazonssm.DeleteParameterInput{Name: aws.String(p.Name)})
	})
}

// guard makes moto ask everybody for their rights until the test ends.
func (m moto) guard() {
	m.t.Helper()
	reset := func(requests string) string {
		var answer struct {
			Before string `json:"PREVIOUS_INITIAL_NO_AUTH_ACTION_COUNT"`
		}
		if err := json.Unmarshal(m.post("/moto-api/reset-auth", "text/plain", requests), &answer); err != nil {
			m.t.Error(err)
		}
		return answer.Before
	}
	before := reset("0")
	m.t.Cleanup(func() { reset(before) })
}

// accessKey is what IAM answers to CreateAccessKey.
type accessKey struct {
	ID  string `xml:"CreateAccessKeyResult>AccessKey>AccessKeyId"`
	Key string `xml:"CreateAccessKeyResult>AccessKey>SecretAccessKey"`
}

// iam asks for an action of IAM.
func (m moto) iam(action url.Values) (answer accessKey) {
	m.t.Helper()
	action.Set("Version", "2010-05-08")
	if err := xml.Unmarshal(m.post("/", "application/x-www-form-urlencoded", action.Encode()), &answer); err != nil {
		m.t.Fatal(err)
	}
	return answer
}

func (m moto) post(path, contentType, body string) []byte {
	m.t.Helper()
	request, err := http.NewRequest(http.MethodPost, m.url+path, strings.NewReader(body))
	if err != nil {
		m.t.Fatal(err)
	}
	request.Close = true
	request.Header.Set("Content-Type", contentType)
	// moto reads from this which service is meant.
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		m.t.Fatalf("%s %s: %d %s", path, body, response.StatusCode, content)
	}
	return content
}
