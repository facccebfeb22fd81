//go:build bench

package bench

import (
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

const (
	turnOn = `{"directive":{"header":{"namespace":"Alexa.PowerController","name":"TurnOn","messageId":"m","correlationToken":"c","payloadVersion":"3"},` +
		`"endpoint":{"endpointId":"light#kitchen_lights","scope":{"type":"BearerToken","token":"t"},"cookie":{}},"payload":{}}}`
	discover = `{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","messageId":"m","payloadVersion":"3"},` +
		`"payload":{"scope":{"type":"BearerToken","token":"t"}}}}`
)

// TestTable measures everything and prints the table.
func TestTable(t *testing.T) {
	p := build(t)
	var rows []row
	rows = append(rows, starts(t, p)...)
	rows = append(rows, commands(t, p)...)
	rows = append(rows, slow(t, p)...)
	rows = append(rows, discovery(t, p)...)
	rows = append(rows, lugs(t, p)...)
	print(rows)
}

// house is a demo house that listens, and the environment that names it.
func house(tb testing.TB) (*demohome.House, map[string]string) {
	tb.Helper()
	h := demohome.New(demohome.Options{})
	server, err := h.Listen("127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = server.Close(); _ = h.Close() })
	return h, map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken, "LOG_LEVEL": "ERROR"}
}

// starts measures from exec to the first poll, without a home to dial.
func starts(t *testing.T, p programs) []row {
	const runs = 31
	var lee, floor []time.Duration
	for range runs {
		f, took := start(t, p.floor, nil)
		floor = append(floor, took)
		_ = f.Close()
		f, took = start(t, p.lee, map[string]string{"LOG_LEVEL": "CRITICAL"})
		lee = append(lee, took)
		_ = f.Close()
	}
	return []row{{what: "process start to first poll, no home", unit: "ms", floor: ms(median(floor)), lee: ms(median(lee)), target: 2}}
}

// commands measures a warm TurnOn: its time, its CPU, and the memory after a
// thousand of them.
func commands(t *testing.T, p programs) []row {
	const runs = 1000
	h, env := house(t)
	lee, _ := start(t, p.lee, env)
	floor, _ := start(t, p.floor, env)
	one := func(f *lambdaapi.Function) time.Duration {
		if err := h.Set("light.kitchen_lights", "off", nil); err != nil {
			t.Fatal(err)
		}
		return invoke(t, f, []byte(turnOn)).Duration
	}
	for range 50 {
		one(floor)
		one(lee)
	}
	before := h.Requests()
	var leeTook, floorTook []time.Duration
	var leeCPU, floorCPU time.Duration
	for range runs {
		at := cpu(t, floor)
		floorTook = append(floorTook, one(floor))
		floorCPU += cpu(t, floor) - at
		at = cpu(t, lee)
		leeTook = append(leeTook, one(lee))
		leeCPU += cpu(t, lee) - at
	}
	requests := h.Requests() - before
	fmt.Printf("%d commands each, %d requests to the house\n", runs, requests)
	leeUse, _ := lee.Resources()
	floorUse, _ := floor.Resources()
	return []row{
		{what: "warm TurnOn, p50", unit: "µs", floor: us(median(floorTook)), lee: us(median(leeTook)), target: 1.2},
		{what: "CPU time per directive", unit: "µs", floor: us(floorCPU / runs), lee: us(leeCPU / runs), target: 1.5},
		{what: "resident after 1,000 directives", unit: "MB", floor: mb(floorUse.Resident), lee: mb(leeUse.Resident), target: 2},
	}
}

// slow measures the first command with TLS, 40 ms to the house and 7 % of a CPU
// from the first poll on.
func slow(t *testing.T, p programs) []row {
	const runs = 7
	h, env := farHouse(t)
	var lee, floor, leeFirst, leeWarm []time.Duration
	for range runs {
		init, first, _ := cold(t, h, p.floor, env)
		floor = append(floor, init+first)
		init, first, warm := cold(t, h, p.lee, env)
		lee = append(lee, init+first)
		leeFirst, leeWarm = append(leeFirst, first), append(leeWarm, warm)
	}
	return []row{
		{what: "start + first command (TLS, 40 ms, 7 % CPU)", unit: "ms", floor: ms(median(floor)), lee: ms(median(lee)), target: 0.6},
		{what: "first command beside a warm one (floor: the warm one)", unit: "ms", floor: ms(median(leeWarm)), lee: ms(median(leeFirst)), target: 1.3},
	}
}

// farHouse is a demo house behind TLS and 40 ms of way there and back, and the
// environment that names it.
func farHouse(t *testing.T) (*demohome.House, map[string]string) {
	t.Helper()
	h := demohome.New(demohome.Options{})
	server, err := h.ListenTLS("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(); _ = h.Close() })
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return h, map[string]string{
		"HOME_ASSISTANT_URL": "https://" + newSlowLink(t, at.Host, 40*time.Millisecond), "HOME_ASSISTANT_TOKEN": demohome.DefaultToken,
		"SSL_CERT_FILE": bundle(t, server.CA), "LOG_LEVEL": "ERROR",
	}
}

// cold starts a program, which has its share of a CPU from its first poll on, and
// returns what initialisation, the first command and a warm one took.
func cold(t *testing.T, h *demohome.House, program string, env map[string]string) (init, first, warm time.Duration) {
	f, init := startConfined(t, program, env)
	defer func() { _ = f.Close() }()
	one := func() time.Duration {
		if err := h.Set("light.kitchen_lights", "off", nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond) // the share's debt is paid
		return invoke(t, f, []byte(turnOn)).Duration
	}
	first = one()
	var later []time.Duration
	for range 5 {
		later = append(later, one())
	}
	return init, first, median(later)
}

// bundle returns a file with the machine's own authorities and one more: what a
// home with a public certificate is checked against.
func bundle(t *testing.T, authority []byte) string {
	const system = "/etc/ssl/certs/ca-certificates.crt"
	pem, err := os.ReadFile(system)
	if err != nil {
		t.Log("without the system's authorities: ", err)
	}
	name := t.TempDir() + "/bundle.pem"
	if err := os.WriteFile(name, append(pem, authority...), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func cpu(tb testing.TB, f *lambdaapi.Function) time.Duration {
	tb.Helper()
	use, ok := f.Resources()
	if !ok {
		tb.Fatal("this machine does not say what a process uses")
	}
	return use.CPU
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
func us(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
func mb(bytes int64) float64     { return float64(bytes) / (1 << 20) }
