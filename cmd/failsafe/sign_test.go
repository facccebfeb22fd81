package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// TestSign compares a signed request with what AWS's own signer makes of it.
func TestSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Za-z0-9+/=]{1,40}`)
		s := signer{
			region: rapid.StringMatching(`[a-z]{2}-[a-z]{4,9}-[1-9]`).Draw(t, "region"), keyID: rapid.StringMatching(`[A-Z0-9]{16,20}`).Draw(t, "key id"),
			key: secret.New(word.Draw(t, "key")), session: secret.New(rapid.OneOf(rapid.Just(""), word).Draw(t, "session")),
		}
		host := rapid.SampledFrom([]string{"ssm.eu-west-1.amazonaws.com", "127.0.0.1:5000", "[::1]:5000"}).Draw(t, "host")
		body := []byte(rapid.StringN(1, 200, -1).Draw(t, "body"))
		now := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "now"), 0)
		request := func() *http.Request {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+host+"/", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			r.ContentLength = int64(len(body))
			r.Header.Set("Content-Type", "application/x-amz-json-1.1")
			r.Header.Set("X-Amz-Target", "AmazonSSM.GetParametersByPath")
			return r
		}
		ours, theirs := request(), request()
		s.sign(ours, body, now)
		credentials := aws.Credentials{AccessKeyID: s.keyID, SecretAccessKey: s.key.Reveal(), SessionToken: s.session.Reveal()}
		if err := v4.NewSigner().SignHTTP(t.Context(), credentials, theirs, digest(body), "ssm", s.region, now); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
			if got, want := ours.Header.Get(name), theirs.Header.Get(name); got != want {
				t.Errorf("%s is\n%s, and by AWS's signer\n%s", name, got, want)
			}
		}
	})
}
