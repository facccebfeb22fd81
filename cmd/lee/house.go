package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// house is the home that a run is against: the one that the environment names,
// or the demo house.
type house struct {
	// what is how people call it, in a few words.
	what string
	// own says that it is somebody's real home.
	own bool
	// settings are those that it was found by, features says where HA_FEATURES comes
	// from.
	settings config.Settings
	features setting.Entry
	// env is what the function needs to find it, region is AWS's region that it runs
	// in, "" for any.
	env    map[string]string
	region string
	client *homeassistant.Client
	demo   *demohome.House
	close  func()

	mu     sync.Mutex
	events []string
}

// openHouse returns the home that the settings name, or the demo house when they
// name none. Who says where the Parameter Store is. The error says which settings are
// missing or wrong.
func openHouse(ctx context.Context, who *account) (*house, error) {
	live, err := readSettings(ctx, who)
	if err != nil {
		return nil, err
	}
	settings, features := live.Current(), featuresOf(live)
	switch hasURL, hasToken := settings.Access.URL != "", !settings.Access.Token.Empty(); {
	case !hasURL && !hasToken:
		return openDemo(settings, features)
	case !hasURL:
		return nil, errors.New("HOME_ASSISTANT_TOKEN is set and HOME_ASSISTANT_URL is not")
	case !hasToken:
		return nil, errors.New("HOME_ASSISTANT_URL is set and HOME_ASSISTANT_TOKEN is not")
	}
	client, err := connect(settings)
	if err != nil {
		return nil, err
	}
	own, err := client.Config(ctx)
	if err != nil {
		_ = client.Close()
		return nil, err
	}
	env, region := ownEnvironment(), ""
	if settings.UseParameterStore {
		env["USE_PARAMETER_STORE"] = "true"
		if region, err = who.lend(ctx, env); err != nil {
			_ = client.Close()
			return nil, err
		}
	}
	return &house{
		what:     fmt.Sprintf("%s, Home Assistant %s", own.Name, own.Version),
		own:      true,
		settings: settings,
		features: features,
		env:      env,
		region:   region,
		client:   client,
		close:    func() { _ = client.Close() },
	}, nil
}

// maxPatience bounds a request to the home: a person waits for it.
const maxPatience = 10 * time.Second

// connect returns a client of the home that the settings name. The caller closes it.
func connect(s config.Settings) (*homeassistant.Client, error) {
	access := s.Access
	access.Timeout = min(access.Timeout, maxPatience)
	return homeassistant.New(homeassistant.Config{Access: access})
}

// ownEnvironment is what of this process's environment is LEE's.
func ownEnvironment() map[string]string {
	env := map[string]string{}
	for _, variable := range config.Variables() {
		for _, name := range append([]string{variable.Name}, variable.Aliases...) {
			if value, ok := os.LookupEnv(name); ok && !strings.HasPrefix(name, "AWS_") {
				if variable.File {
					value = anywhere(value)
				}
				env[name] = value
			}
		}
	}
	return env
}

// anywhere returns the value of a variable that names a file so that it names it
// from the function's folder too.
func anywhere(value string) string {
	path, named := strings.CutPrefix(value, "file:")
	if !named && !strings.HasPrefix(value, ".") {
		return value
	}
	if absolute, err := filepath.Abs(path); err == nil {
		return "file:" + absolute
	}
	return value
}

// featuresOf returns what HA_FEATURES is, and where that comes from.
func featuresOf(live *config.Live) setting.Entry {
	entries := live.Report().Settings
	return entries[slices.IndexFunc(entries, func(e setting.Entry) bool { return e.Variable == "HA_FEATURES" })]
}

func openDemo(settings config.Settings, features setting.Entry) (*house, error) {
	h := &house{settings: settings, features: features}
	h.demo = demohome.New(demohome.Options{Observer: h.observe})
	server, err := h.demo.Listen("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	// The demo begins in the dark, so that there is something to see.
	if err := h.demo.Set("light.kitchen_lights", home.Off, nil); err != nil {
		return nil, err
	}
	h.what = fmt.Sprintf("the demo house, %d entities", len(h.demo.States()))
	h.env = ownEnvironment()
	delete(h.env, "USE_PARAMETER_STORE") // it has been read: there is no home in it
	h.env["HOME_ASSISTANT_URL"], h.env["HOME_ASSISTANT_TOKEN"] = server.URL, demohome.DefaultToken
	h.client, err = homeassistant.New(homeassistant.Config{Access: home.Access{URL: server.URL, Token: secret.New(demohome.DefaultToken)}})
	h.close = func() {
		_ = h.client.Close()
		_ = server.Close()
		_ = h.demo.Close()
	}
	return h, err
}

func (h *house) observe(e demohome.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e.String())
}

// happened returns what the house did since the last call, as far as one can
// see into it: only the demo house tells.
func (h *house) happened() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	events := h.events
	h.events = nil
	return events
}

// requests returns how many requests the house has had; known is false for a
// home of one's own, which does not tell.
func (h *house) requests() (n int, known bool) {
	if h.demo == nil {
		return 0, false
	}
	return h.demo.Requests(), true
}

// state returns the state of an entity, by asking the house itself.
func (h *house) state(ctx context.Context, id home.EntityID) (home.State, error) {
	return h.client.State(ctx, id)
}

// facesOf returns a home as the domain knows it.
func facesOf(c *homeassistant.Client) (ports.Home, ports.House, ports.Registry, ports.Cameras) {
	return c, c, c, c
}
