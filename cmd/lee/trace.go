package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/flamegraph"
)

func traceCommand() *cobra.Command {
	var options struct {
		html   string
		folded bool
	}
	c := &cobra.Command{
		Use:   "trace FILE",
		Short: "Draw what invocations did, as flame graphs",
		Long: `Reads traces from FILE (- for standard input) and writes a page that shows each of
them as a flame graph: FILE with the ending .html, or as --html says. The page
needs nothing but a browser.

FILE is the answer to one of LEE's operations trace and diagnostics, or to GET
/diagnostics, or lines of LEE's log: those of invocations that failed tell what
came before.`,
		Example: `  echo '{"operation":"trace","event":{"directive":{…}}}' | lee invoke - > trace.json
  lee trace trace.json
  lee trace --folded trace.json | flamegraph.pl > trace.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			traces, err := readTraces(args[0], c.InOrStdin())
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if options.folded {
				return flamegraph.Fold(c.OutOrStdout(), traces)
			}
			page := options.html
			if page == "" {
				page = pageName(args[0])
			}
			if page == "-" {
				return flamegraph.WriteHTML(c.OutOrStdout(), traces)
			}
			if err := writePage(page, traces); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "%s shows %s\n", page, counted(len(traces), "invocation"))
			return nil
		},
	}
	c.Flags().StringVar(&options.html, "html", "", "where to write the page (- for standard output)")
	c.Flags().BoolVar(&options.folded, "folded", false, "write folded stacks to standard output instead")
	return c
}

func readTraces(name string, stdin io.Reader) ([]flamegraph.Trace, error) {
	if name == "-" {
		return flamegraph.Read(stdin)
	}
	f, err := os.Open(name) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return flamegraph.Read(f)
}

// pageName returns the name of the page for a file.
func pageName(file string) string {
	if file == "-" {
		return "-"
	}
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".html"
}

func writePage(name string, traces []flamegraph.Trace) error {
	f, err := os.Create(name) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	if err := flamegraph.WriteHTML(f, traces); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// counted writes a number of things: "1 invocation", "3 invocations".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
