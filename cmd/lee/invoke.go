package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"
)

func invokeCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "invoke FILE",
		Short: "Send one event to LEE and print its answer",
		Long: `Sends the event in FILE (- for standard input) to LEE and prints the answer.

Without --address it starts LEE for this one event, against the home that
HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name or the demo house. With it, the
event goes to a function that is running already ("lee run --serve", or anything
else that has the local invoke address).

A custom skill's request is refused when it is older than two and a half minutes.
One that has "now" as its timestamp is sent with the time as it is then.`,
		Example: "  lee invoke event.json\n  echo '{\"test\":\"ping\"}' | lee invoke - --address " + defaultAddress,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			event, err := readEvent(args[0], c.InOrStdin())
			if err != nil {
				return err
			}
			answer, err := invoke(c.Context(), address, sentAt(event, time.Now()), c.ErrOrStderr())
			if err != nil {
				return err
			}
			return printJSON(c.OutOrStdout(), answer)
		},
	}
	c.Flags().StringVar(&address, "address", "", "host and port of a function that is running")
	return c
}

func readEvent(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	return os.ReadFile(name) //nolint:gosec // the operator names the file
}

// sentAt returns an event with the time in it, where it is a custom skill's request
// that asks for it.
func sentAt(event []byte, now time.Time) []byte {
	var whole, request map[string]json.RawMessage
	if json.Unmarshal(event, &whole) != nil || json.Unmarshal(whole["request"], &request) != nil || string(request["timestamp"]) != `"now"` {
		return event
	}
	request["timestamp"] = json.RawMessage(`"` + now.UTC().Format(time.RFC3339) + `"`)
	var err error
	if whole["request"], err = json.Marshal(request); err != nil {
		return event
	}
	stamped, err := json.Marshal(whole)
	if err != nil {
		return event
	}
	return stamped
}

// invoke sends an event to the function at address, or to one that it starts for
// it, and returns the answer.
func invoke(ctx context.Context, address string, event []byte, log io.Writer) ([]byte, error) {
	if address != "" {
		return post(ctx, "http://"+address+"/2015-03-31/functions/function/invocations", event)
	}
	h, err := openHouse(ctx, &account{})
	if err != nil {
		return nil, err
	}
	defer h.close()
	bootstrap, err := beside("bootstrap")
	if err != nil {
		return nil, err
	}
	f, _, err := startFunction(ctx, h, bootstrap, "", log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	result, err := f.Invoke(ctx, event)
	if err != nil {
		return nil, err
	}
	if result.Error != nil {
		return nil, result.Error
	}
	return result.Payload, nil
}

func post(ctx context.Context, url string, event []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(event))
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("nothing answers there: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || response.Header.Get("X-Amz-Function-Error") != "") {
		err = fmt.Errorf("the function failed (HTTP status %d): %s", response.StatusCode, answer)
	}
	return answer, err
}

func printJSON(to io.Writer, raw []byte) error {
	var pretty bytes.Buffer
	if json.Indent(&pretty, raw, "", "  ") != nil {
		pretty.Reset()
		pretty.Write(raw)
	}
	pretty.WriteByte('\n')
	_, err := to.Write(pretty.Bytes())
	return err
}
