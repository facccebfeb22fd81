package config

import (
	"fmt"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// certificates are one or more certificates in PEM.
var certificates = kind[string]{
	allowed: "certificates in PEM, or the path of a file that holds them",
	parse:   setting.Certificates,
	show: func(text string) string {
		if text == "" {
			return ""
		}
		list, _ := setting.ParseCertificates(text)
		shown := make([]string, len(list))
		for i, c := range list {
			shown[i] = fmt.Sprintf("%s (until %s)", c.Subject, c.NotAfter.UTC().Format("2006-01-02"))
		}
		return strings.Join(shown, ", ")
	},
}

// privateKey is a private key in PEM.
var privateKey = kind[secret.Text]{
	allowed: "a private key in PEM without a pass phrase, or the path of a file that holds it",
	parse:   setting.PrivateKey,
	show:    secret.Text.String,
}
