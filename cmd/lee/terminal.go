package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// terminal is a person at a keyboard.
type terminal struct {
	keyboard *os.File
	lines    *bufio.Reader
	screen   io.Writer
}

// openTerminal returns the terminal that in is; ok is false where it is a file, a
// pipe, or a terminal that cannot be kept from showing what is typed.
func openTerminal(in io.Reader, screen io.Writer) (t *terminal, ok bool) {
	keyboard, ok := in.(*os.File)
	if !ok {
		return nil, false
	}
	t = &terminal{keyboard, bufio.NewReader(keyboard), screen}
	_, err := t.stty("-g")
	return t, err == nil
}

// stty is the one thing that sets terminals on every system that has them. It must
// end its work even when lee is being ended: the terminal outlives lee.
func (t *terminal) stty(args ...string) (string, error) {
	c := exec.Command("stty", args...)
	c.Stdin = t.keyboard
	out, err := c.Output()
	return strings.TrimSpace(string(out)), err
}

// ask puts a question and returns the line that is typed, without white space
// around it; "" for none.
func (t *terminal) ask(ctx context.Context, question string) (string, error) {
	fmt.Fprint(t.screen, question, ": ")
	typed := make(chan string, 1)
	var failure error
	go func() {
		var line string
		failure = fault.Guard(func() (err error) {
			line, err = t.lines.ReadString('\n')
			if line != "" || errors.Is(err, io.EOF) {
				return nil
			}
			return err
		})
		typed <- strings.TrimSpace(line)
	}()
	select {
	case line := <-typed:
		return line, failure
	case <-ctx.Done():
		fmt.Fprintln(t.screen)
		return "", ctx.Err()
	}
}

// askSecretly is ask without showing what is typed.
func (t *terminal) askSecretly(ctx context.Context, question string) (secret.Text, error) {
	before, err := t.stty("-g")
	if err != nil {
		return secret.Text{}, err
	}
	if _, err := t.stty("-echo"); err != nil {
		return secret.Text{}, err
	}
	defer func() { _, _ = t.stty(before) }()
	line, err := t.ask(ctx, question+" (not shown)")
	fmt.Fprintln(t.screen)
	return secret.New(line), err
}
