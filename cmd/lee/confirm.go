package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// confirm asks a question that wants yes or no. No answer is no.
func confirm(in io.Reader, out io.Writer, question string) bool {
	fmt.Fprintf(out, "%s [y/N] ", question)
	line, _ := bufio.NewReader(in).ReadString('\n')
	line = strings.ToLower(strings.TrimSpace(line))
	if line == "" {
		fmt.Fprintln(out)
	}
	return line == "y" || line == "yes"
}
