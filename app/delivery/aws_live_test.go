//go:build live

package delivery

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"testing"
)

// cloud is a moto server in AWS's place, with what AWS does and moto does not: a
// template is transformed when it is deployed.
type cloud struct {
	t *testing.T
	// moto is the server itself, url what stands before it.
	moto, url string
}

func newCloud(t *testing.T) cloud {
	t.Helper()
	moto := os.Getenv("LEE_MOTO_URL")
	if moto == "" {
		t.Fatal("LEE_MOTO_URL is not set: make live sets it")
	}
	to, err := url.Parse(moto)
	if err != nil {
		t.Fatal(err)
	}
	c := cloud{t: t, moto: moto}
	transport := &http.Transport{}
	proxy := &httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.receive(r)
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(transport.CloseIdleConnections)
	t.Cleanup(server.Close)
	// Of a bucket's host names moto takes those below localhost.
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.url = "http://localhost:" + port
	return c
}

// receive puts what CloudFormation makes of a template in the template's place.
func (c cloud) receive(r *http.Request) {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Error(err)
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		c.t.Error(err)
	}
	if form.Get("Action") == "CreateChangeSet" {
		template := form.Get("TemplateBody")
		if at := form.Get("TemplateURL"); at != "" {
			object, err := url.Parse(at)
			if err != nil {
				c.t.Error(err)
			}
			template = string(c.do(http.MethodGet, object.Path, "s3", nil))
		}
		form.Del("TemplateURL")
		form.Set("TemplateBody", string(transform(c.t, template)))
		raw = []byte(form.Encode())
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	r.ContentLength = int64(len(raw))
}

// do makes a request to moto, which reads from the signature's scope what service
// is meant.
func (c cloud) do(method, path, service string, body []byte, header ...string) []byte {
	c.t.Helper()
	request, err := http.NewRequest(method, c.moto+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	region := "eu-west-1"
	if method == http.MethodPut && service == "s3" {
		region = "us-east-1" // where a bucket needs no constraint
	}
	request.Close = true
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/"+region+"/"+service+"/aws4_request, SignedHeaders=host, Signature=none")
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= 300 {
		c.t.Fatalf("%s %s: HTTP status %d: %s", method, path, response.StatusCode, content)
	}
	return content
}

// ask has a service's Query API do something.
func (c cloud) ask(service, version string, action ...string) string {
	c.t.Helper()
	form := url.Values{"Version": {version}, "Action": {action[0]}}
	for i := 1; i+1 < len(action); i += 2 {
		form.Set(action[i], action[i+1])
	}
	return string(c.do(http.MethodPost, "/", service, []byte(form.Encode())))
}

// call has an API that speaks JSON do something.
func (c cloud) call(service, target string, in, out any) {
	c.t.Helper()
	raw, err := json.Marshal(in)
	if err == nil {
		err = json.Unmarshal(c.do(http.MethodPost, "/", service, raw, "X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.1"), out)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// get reads what an API of the newer kind tells.
func (c cloud) get(path, service string, into any) {
	c.t.Helper()
	if err := json.Unmarshal(c.do(http.MethodGet, path, service, nil), into); err != nil {
		c.t.Fatal(err)
	}
}

// bucket makes a bucket and returns its name.
func (c cloud) bucket() string {
	c.t.Helper()
	name := "lee-" + strings.ToLower(rand.Text())
	c.do(http.MethodPut, "/"+name, "s3", nil)
	return name
}

// env is what leads AWS's clients to the cloud.
func (c cloud) env() []string {
	return []string{
		"AWS_ENDPOINT_URL=" + c.url, "AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=any",
		"SAM_CLI_TELEMETRY=0", "PATH=" + os.Getenv("LEE_SAM") + string(os.PathListSeparator) + os.Getenv("PATH"),
	}
}
