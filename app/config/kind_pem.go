package config

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// certificates are one or more certificates in PEM.
var certificates = kind[string]{
	allowed: "certificates in PEM, or the path of a file that holds them",
	parse: func(text string) (string, error) {
		text = mendPEM(text)
		_, err := parseCertificates(text)
		return text, err
	},
	show: func(text string) string {
		if text == "" {
			return ""
		}
		list, _ := parseCertificates(text)
		shown := make([]string, len(list))
		for i, c := range list {
			shown[i] = fmt.Sprintf("%s (until %s)", c.Subject, c.NotAfter.UTC().Format("2006-01-02"))
		}
		return strings.Join(shown, ", ")
	},
}

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

// privateKey is a private key in PEM. Whether it can be used is seen together
// with its certificate (checkClientCertificate).
var privateKey = kind[secret.Text]{
	allowed: "a private key in PEM without a pass phrase, or the path of a file that holds it",
	parse: func(text string) (secret.Text, error) {
		text = mendPEM(text)
		block, _ := pem.Decode([]byte(text))
		switch {
		case block == nil:
			return secret.Text{}, errors.New("is not in PEM")
		case !strings.HasSuffix(block.Type, "PRIVATE KEY"):
			return secret.Text{}, errors.New("is not a private key")
		case block.Type == "ENCRYPTED PRIVATE KEY", block.Headers["Proc-Type"] != "":
			return secret.Text{}, errors.New("is locked with a pass phrase")
		}
		return secret.New(text), nil
	},
	show: secret.Text.String,
}

// mendPEM gives a text in PEM its lines back: consoles and shells that take a
// value of one line turn them into blanks or into "\n".
func mendPEM(text string) string {
	text = strings.ReplaceAll(text, `\n`, "\n")
	if strings.Contains(text, "\n") {
		return text
	}
	block := regexp.MustCompile(`(-----BEGIN [A-Z0-9 ]+-----)\s*(.*?)\s*(-----END [A-Z0-9 ]+-----)\s*`)
	return block.ReplaceAllStringFunc(text, func(one string) string {
		part := block.FindStringSubmatch(one)
		return part[1] + "\n" + strings.Join(strings.Fields(part[2]), "\n") + "\n" + part[3] + "\n"
	})
}
