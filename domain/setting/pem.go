package setting

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// certificates are one or more certificates in PEM.
var certificates = Kind{
	Allowed: "certificates in PEM, or the path of a file that holds them",
	Parse: func(text string) (any, error) {
		text = mendPEM(text)
		_, err := parseCertificates(text)
		return text, err
	},
	Show: func(value any) string {
		text, _ := value.(string)
		if text == "" {
			return ""
		}
		list, _ := parseCertificates(text)
		shown := make([]string, len(list))
		for i, c := range list {
			shown[i] = c.Subject.String() + " (until " + c.NotAfter.UTC().Format("2006-01-02") + ")"
		}
		return strings.Join(shown, ", ")
	},
}

// parseCertificates returns the certificates that a text in PEM holds. The error does
// not repeat the text.
func parseCertificates(text string) ([]*x509.Certificate, error) {
	var list []*x509.Certificate
	rest := []byte(text)
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		switch {
		case block == nil && len(list) == 0:
			return nil, errors.New("holds no certificate in PEM")
		case block == nil:
			return list, nil
		case strings.Contains(block.Type, "PRIVATE KEY"):
			return nil, errors.New("holds a private key; HOME_ASSISTANT_CLIENT_KEY is the place for it")
		case block.Type != "CERTIFICATE":
			return nil, errors.New("holds something that is not a certificate")
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errors.New("holds a damaged certificate")
		}
		list = append(list, c)
	}
}

// privateKey is a private key in PEM. Whether it can be used is seen together with its
// certificate (clientCertificateProblem).
var privateKey = Kind{
	Allowed: "a private key in PEM without a pass phrase, or the path of a file that holds it",
	Parse: func(text string) (any, error) {
		text = mendPEM(text)
		block, _ := pem.Decode([]byte(text))
		switch {
		case block == nil:
			return nil, errors.New("is not in PEM")
		case !strings.HasSuffix(block.Type, "PRIVATE KEY"):
			return nil, errors.New("is not a private key")
		case block.Type == "ENCRYPTED PRIVATE KEY", block.Headers["Proc-Type"] != "":
			return nil, errors.New("is locked with a pass phrase")
		}
		return secret.New(text), nil
	},
}

// clientCertificateProblem says what is wrong with the client's certificate and its key
// together, to go after "HOME_ASSISTANT_CLIENT_CERT"; "" for nothing.
func clientCertificateProblem(a home.Access) string {
	switch {
	case a.ClientCert == "" && a.ClientKey.Empty():
		return ""
	case a.ClientKey.Empty():
		return "is set, and HOME_ASSISTANT_CLIENT_KEY is not"
	case a.ClientCert == "":
		return "is not set, and HOME_ASSISTANT_CLIENT_KEY is"
	}
	if _, err := tls.X509KeyPair([]byte(a.ClientCert), []byte(a.ClientKey.Reveal())); err != nil {
		return "does not belong to HOME_ASSISTANT_CLIENT_KEY"
	}
	return ""
}

// mendPEM gives a text in PEM its lines back: consoles and shells that take a
// value of one line turn them into blanks or into "\n".
func mendPEM(text string) string {
	text = strings.ReplaceAll(text, `\n`, "\n")
	if strings.Contains(text, "\n") {
		return text
	}
	var mended strings.Builder
	for {
		before, head, body, foot, rest := cutPEM(text)
		mended.WriteString(before)
		if head == "" {
			return mended.String()
		}
		lines := append(append([]string{head}, strings.Fields(body)...), foot)
		mended.WriteString(strings.Join(lines, "\n") + "\n")
		text = strings.TrimLeft(rest, " \t")
	}
}

// cutPEM cuts a text before and after its first block in PEM, and that into its first
// line, what is between, and its last line. Without a block everything is before.
func cutPEM(text string) (before, head, body, foot, rest string) {
	const begin, end, dashes = "-----BEGIN ", "-----END ", "-----"
	from := strings.Index(text, begin)
	if from < 0 {
		return text, "", "", "", ""
	}
	label, after, ok := strings.Cut(text[from+len(begin):], dashes)
	if !ok {
		return text, "", "", "", ""
	}
	body, rest, ok = strings.Cut(after, end)
	tail, rest, closed := strings.Cut(rest, dashes)
	if !ok || !closed {
		return text, "", "", "", ""
	}
	return text[:from], begin + label + dashes, body, end + tail + dashes, rest
}
