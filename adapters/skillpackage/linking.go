package skillpackage

import (
	"errors"
	"net/url"
	"strings"
)

// Linking is how people prove to Alexa whose home it is. What is not a field here is
// the same for all.
type Linking struct {
	AuthorizationURL string
	TokenURL         string
	ClientID         string
	// ClientSecret is what proves that it is Alexa who asks; "" for one that is not
	// to be written down.
	ClientSecret string
	Scopes       []string
	// Scheme is how Alexa hands over ClientID and ClientSecret.
	Scheme Scheme
}

// Scheme is a way to hand over credentials, by Amazon's name.
type Scheme string

// The schemes.
const (
	InBody   Scheme = "REQUEST_BODY_CREDENTIALS"
	InHeader Scheme = "HTTP_BASIC"
)

// ByHomeAssistant links accounts by Home Assistant's own login at a URL, for the
// people of a region. Home Assistant does not look at the secret, and Alexa wants
// one: it is no secret. The error says what Alexa would not take of the URL.
func ByHomeAssistant(base string, region Region) (Linking, error) {
	u, err := url.Parse(strings.TrimSuffix(strings.TrimSpace(base), "/"))
	switch {
	case err != nil || u.Hostname() == "":
		return Linking{}, errors.New("Home Assistant's URL is needed for account linking, https://home.example.org") //nolint:staticcheck // a name begins it
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return Linking{}, errors.New("Home Assistant's URL may have nothing but a host and a path") //nolint:staticcheck // a name begins it
	case u.Scheme != "https" || u.Port() != "" && u.Port() != "443":
		return Linking{}, errors.New("Alexa links accounts by https:// on port 443 only, which Home Assistant's URL is not") //nolint:staticcheck // a name begins it
	}
	return Linking{
		AuthorizationURL: u.JoinPath("auth", "authorize").String(),
		TokenURL:         u.JoinPath("auth", "token").String(),
		ClientID:         region.ClientID,
		ClientSecret:     "home-assistant-does-not-look-at-this",
		Scopes:           []string{"smart_home"},
		Scheme:           InBody,
	}, nil
}

// clientOfAmazon begins the client id of every security profile.
const clientOfAmazon = "amzn1.application-oa2-client."

// ByAmazon links accounts by Login with Amazon, for homes whose login cannot be
// reached from outside, by the client id of a security profile
// (https://developer.amazon.com/docs/alexa/smarthome/set-up-account-linking-tutorial.html).
// The profile's secret is left out: it belongs into no file.
func ByAmazon(clientID string) (Linking, error) {
	if !strings.HasPrefix(clientID, clientOfAmazon) {
		return Linking{}, errors.New("that is no client id of a security profile: they begin with " + clientOfAmazon + "…")
	}
	return Linking{ //nolint:gosec // there is no credential in it
		AuthorizationURL: "https://www.amazon.com/ap/oa",
		TokenURL:         "https://api.amazon.com/auth/o2/token",
		ClientID:         clientID,
		Scopes:           []string{"profile:user_id"},
		Scheme:           InHeader,
	}, nil
}

// linkingRequest is the file that Amazon's command line takes
// (https://developer.amazon.com/docs/alexa/smapi/account-linking-schemas.html).
type linkingRequest struct {
	Request struct {
		Type         string   `json:"type"`
		Authorize    string   `json:"authorizationUrl"`
		Token        string   `json:"accessTokenUrl"`
		Scheme       Scheme   `json:"accessTokenScheme"`
		ClientID     string   `json:"clientId"`
		ClientSecret string   `json:"clientSecret,omitempty"`
		Scopes       []string `json:"scopes"`
		Domains      []string `json:"domains"`
		Skip         bool     `json:"skipOnEnablement"`
	} `json:"accountLinkingRequest"`
}

func (l Linking) request() (r linkingRequest) {
	r.Request.Type = "AUTH_CODE"
	r.Request.Authorize, r.Request.Token = l.AuthorizationURL, l.TokenURL
	r.Request.Scheme, r.Request.ClientID, r.Request.ClientSecret = l.Scheme, l.ClientID, l.ClientSecret
	r.Request.Scopes, r.Request.Domains = l.Scopes, []string{}
	return r
}
