package checkup

import "time"

// Place is where a check-up is made: the network there is another.
type Place string

// The places.
const (
	Here     Place = "this machine"
	Function Place = "the function"
)

// Facts are what was seen. They hold no secret. A function reports them in JSON to
// a program that judges them and may be of another version: what that does not know is
// left out.
type Facts struct {
	From     Place     `json:"from"`
	Now      time.Time `json:"now,omitzero"`
	Settings Settings  `json:"settings,omitzero"`
	// Way is the way to the home; nil where there was none to be walked.
	Way *Way `json:"way,omitzero"`
	// Offer is what Alexa would be offered; nil where the home could not be asked.
	Offer *Offer `json:"offer,omitzero"`
}

// Settings are what is to be known of the settings.
type Settings struct {
	// URL is the home's, "" when it is not known. Secure says that it begins with
	// https.
	URL string `json:"url,omitzero"`
	// Disabled says that there is to be no home.
	Disabled bool `json:"disabled,omitzero"`
	// Given is how many settings somebody gave.
	Given    int       `json:"given,omitzero"`
	Mistakes []Mistake `json:"mistakes,omitempty"`
	// Unknown are variables that look like LEE's and are not.
	Unknown []string `json:"unknown,omitempty"`
	// Store is the Parameter Store; nil where it is not used.
	Store *Store `json:"store,omitzero"`
	// Mode is what the function is for; "normal" usually.
	Mode string `json:"mode,omitzero"`
	// NameProblem is what Amazon has against the assistant's name, "" for nothing,
	// and NameProposal a name that would do.
	NameProblem  string `json:"name_problem,omitzero"`
	NameProposal string `json:"name_proposal,omitzero"`
	// NoSmartHome says that the settings leave the Smart Home out.
	NoSmartHome bool `json:"no_smart_home,omitzero"`
	// Locale is the language and country of what people are told, "" when nobody
	// said. Region is AWS's region that the function runs in, "" when that is not
	// known.
	Locale string `json:"locale,omitzero"`
	Region string `json:"region,omitzero"`
	Token  Token  `json:"token,omitzero"`
	// Unverified says that certificates are not checked.
	Unverified bool `json:"unverified,omitzero"`
}

// Mistake is a setting that cannot be taken.
type Mistake struct {
	// Setting names it, with its value where that may be shown; Problem goes after
	// that.
	Setting string `json:"setting,omitzero"`
	Problem string `json:"problem,omitzero"`
	// Allowed says what it may be, Taken what is taken in its place; "" for nothing.
	Allowed string `json:"allowed,omitzero"`
	Taken   string `json:"taken,omitzero"`
	// Grave says that LEE cannot work as it was meant to.
	Grave bool `json:"grave,omitzero"`
}

// Store is the Parameter Store.
type Store struct {
	Prefix string `json:"prefix,omitzero"`
	// Failure is why it cannot be read, a sentence; "" when it can.
	Failure string `json:"failure,omitzero"`
	// Taken is how many settings come from it.
	Taken int `json:"taken,omitzero"`
	// Unknown are parameters that mean nothing to LEE, Clear secrets that are kept
	// in the clear.
	Unknown []string `json:"unknown,omitempty"`
	Clear   []string `json:"clear,omitempty"`
}

// Token is LEE's own token, by its shape.
type Token struct {
	// Given says that there is one.
	Given bool `json:"given,omitzero"`
	// Odd says that it does not look like one of Home Assistant's.
	Odd bool `json:"odd,omitzero"`
	// Expires is when it ends, zero when it does not say.
	Expires time.Time `json:"expires,omitzero"`
}

// Way is what was met on the way to the home, as far as one got.
type Way struct {
	Host   string `json:"host,omitzero"`
	Port   string `json:"port,omitzero"`
	Secure bool   `json:"secure,omitzero"`
	// Proxy is the proxy that the environment names for it, "" for none. The way
	// does not lead through it.
	Proxy string `json:"proxy,omitzero"`
	// Name is why the name could not be looked up, NameTook for how long that took.
	Name      Trouble       `json:"name,omitzero"`
	NameTook  time.Duration `json:"name_took,omitzero"`
	Addresses []Address     `json:"addresses,omitempty"`
	// Chosen is the place among Addresses of the one that was taken, -1 for none.
	Chosen int `json:"chosen"`
	// Certificate is what was shown, with Secure.
	Certificate Certificate `json:"certificate,omitzero"`
	// Answer is why no answer came to the first request, AnswerTook how long it took to
	// know that, or to be answered. Who is who answered, Shown how that shows itself,
	// Status its HTTP status, Location where it leads to.
	Answer     Trouble       `json:"answer,omitzero"`
	AnswerTook time.Duration `json:"answer_took,omitzero"`
	Who        Speaker       `json:"who,omitzero"`
	Shown      string        `json:"shown,omitzero"`
	Location   string        `json:"location,omitzero"`
	Status     int           `json:"status,omitzero"`
	// Version is what the home says it is, "" when it did not.
	Version string `json:"version,omitzero"`
	// Times are how long it took to be answered on one connection, Reused how many
	// of them found it open.
	Times  []time.Duration `json:"times,omitempty"`
	Reused int             `json:"reused,omitzero"`
	// Skew is by how much the clock of who answers is ahead, Clocked whether it was
	// told.
	Skew    time.Duration `json:"skew,omitzero"`
	Clocked bool          `json:"clocked,omitzero"`
}

// chosen returns the address that was taken, nil for none.
func (w *Way) chosen() *Address {
	if w.Chosen < 0 || w.Chosen >= len(w.Addresses) {
		return nil
	}
	return &w.Addresses[w.Chosen]
}

// Address is one of the home's.
type Address struct {
	Text  string `json:"text,omitzero"`
	V6    bool   `json:"v6,omitzero"`
	Reach Reach  `json:"reach,omitzero"`
	// Trouble is why it takes no connection, Took how long it took to know.
	Trouble Trouble       `json:"trouble,omitzero"`
	Took    time.Duration `json:"took,omitzero"`
}

// Reach says from where an address can be reached, "" for from everywhere.
type Reach string

// The reaches.
const (
	Public   Reach = ""
	Private  Reach = "private"  // within a network of its own
	Loopback Reach = "loopback" // on the machine itself
)

// Certificate is what the home shows.
type Certificate struct {
	// Trouble is what is wrong with it, or why there is none; Detail says more where
	// Trouble is Distrusted.
	Trouble Trouble `json:"trouble,omitzero"`
	Detail  string  `json:"detail,omitzero"`
	// Names are those that it is for, Issuer is who says so.
	Names  []string `json:"names,omitempty"`
	Issuer string   `json:"issuer,omitzero"`
	// Protocol is the version of TLS, "TLS 1.3".
	Protocol string `json:"protocol,omitzero"`
	// From and Until are when it is good, Until that of the certificate among the
	// chain's that ends first.
	From  time.Time     `json:"from"`
	Until time.Time     `json:"until,omitzero"`
	Took  time.Duration `json:"took,omitzero"`
}

// Trouble is why something could not be done, "" for nothing.
type Trouble string

// The troubles.
const (
	None Trouble = ""

	NoSuchName Trouble = "no such name" // nobody knows it
	NoAddress  Trouble = "no address"   // it has none
	NoResolver Trouble = "no resolver"  // nobody answers who would know

	Refused  Trouble = "refused"   // somebody says no
	TimedOut Trouble = "timed out" // nobody says anything
	NoRoute  Trouble = "no route"  // there is no way from here
	Cut      Trouble = "cut"       // it ended before there was an answer

	NotTLS           Trouble = "not TLS"
	OldTLS           Trouble = "old TLS"  // versions before 1.2 alone
	Declined         Trouble = "declined" // it ended the handshake
	WantsCertificate Trouble = "wants a certificate"

	Expired          Trouble = "expired"
	NotYet           Trouble = "not yet good"
	WrongName        Trouble = "wrong name"
	SelfSigned       Trouble = "self-signed"
	Incomplete       Trouble = "incomplete"
	UnknownAuthority Trouble = "unknown authority"
	Distrusted       Trouble = "distrusted" // for another reason

	NotHTTP   Trouble = "not HTTP"
	SpeaksTLS Trouble = "speaks TLS" // and was not spoken to so
)

// Offer is what Alexa would be offered.
type Offer struct {
	// Failure is why the home could not be asked, a sentence; "" when it could.
	Failure string `json:"failure,omitzero"`
	// Starting says that the home is starting, and knows few of its entities. Failure
	// says so too, for a program of an older version.
	Starting bool `json:"starting,omitzero"`
	// Entities is how many the home has, Endpoints how many Alexa gets.
	Entities  int `json:"entities,omitzero"`
	Endpoints int `json:"endpoints,omitzero"`
	// TooMany is how many are left out since Alexa takes no more.
	TooMany int `json:"too_many,omitzero"`
	// Undecided is how many are left out since a rule is about what the home does
	// not tell.
	Undecided int `json:"undecided,omitzero"`
	// Alike are names that several devices have, Idle rules about nothing, Broken
	// entities on which LEE failed.
	Alike  []string `json:"alike,omitempty"`
	Idle   []string `json:"idle,omitempty"`
	Broken []string `json:"broken,omitempty"`
	// Registries is how the home told what its registries hold, Unexposed says that
	// it keeps to itself who is exposed: it tells administrators alone.
	Registries Registries `json:"registries,omitzero"`
	Unexposed  bool       `json:"unexposed,omitzero"`
}

// Registries says how a home tells what its registries hold; "" for all of it, over
// WebSocket.
type Registries string

// The other ways.
const (
	ByTemplate Registries = "by a template" // since WebSocket is blocked
	Untold     Registries = "not at all"
)
