package delivery

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// standIns take the place of the programs that the documentation uses: this test binary runs
// as one of them when it is started under its name. A stand-in looks at its arguments and at
// the folder it runs in, and leaves behind what later commands need. Its error says what a
// reader would meet.
var standIns = map[string]func(args []string) error{
	"ask": askStandIn, "aws": awsStandIn, "git": gitStandIn, "go": goStandIn, "lee": leeStandIn, "make": makeStandIn, "sam": samStandIn,
}

// runStandIn runs the stand-in that this process was started as, if it was, and ends it.
func runStandIn() {
	name := filepath.Base(os.Args[0])
	stand, ok := standIns[name]
	if !ok {
		return
	}
	if err := stand(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// leeStandIn reads its arguments and asks nobody. It writes a skill, and remembers that settings
// were kept in the Parameter Store: the home is known only to those who look there.
func leeStandIn(args []string) error {
	if err := understood(os.Getenv("REAL_LEE"), args); err != nil {
		return err
	}
	asksAWS := args[0] == "deploy" || args[0] == "parameters" || args[0] == "doctor" && slices.Contains(args, "--function")
	if asksAWS {
		if err := inRegion(args); err != nil {
			return err
		}
	}
	switch kept := filepath.Join(os.Getenv("CLONE"), "kept"); args[0] {
	case "skill":
		return quietly(os.Getenv("REAL_LEE"), args...)
	case "parameters":
		return os.WriteFile(kept, nil, 0o600)
	case "doctor":
		_, err := os.Stat(kept)
		if err == nil && inRegion(args) != nil && os.Getenv("HOME_ASSISTANT_URL") == "" {
			return errors.New("HOME_ASSISTANT_URL is not set: it was kept in the Parameter Store, and lee doctor does not look there")
		}
	}
	return present(args)
}

// understood has lee read its arguments and print its help. The error is what lee says of
// them, or that there is no such command.
func understood(lee string, args []string) error {
	first := slices.IndexFunc(args, func(arg string) bool { return len(arg) > 1 && arg[0] == '-' })
	if first < 0 {
		first = len(args)
	}
	c := exec.Command(lee, slices.Insert(slices.Clone(args), first, "--help")...)
	c.Env = plainly()
	out, err := c.CombinedOutput()
	if err != nil {
		return errors.New(strings.TrimSpace(string(out)))
	}
	_, usage, _ := strings.Cut(string(out), "Usage:\n  lee ")
	usage, _, _ = strings.Cut(usage, "\n")
	command, more, _ := strings.Cut(usage, "[")
	rest := args[min(len(strings.Fields(command)), len(args)):]
	if more == "command]" && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		return fmt.Errorf("there is no command lee %s", strings.Join(args, " "))
	}
	return nil
}

// makeStandIn has make say what it would do, and leaves behind what it would have built.
func makeStandIn(args []string) error {
	if err := quietly(os.Getenv("REAL_MAKE"), append([]string{"-n"}, args...)...); err != nil {
		return err
	}
	if slices.ContainsFunc(args, func(target string) bool { return target == "run" || target == "build" || target == "package" }) {
		return leaveBuilt(".")
	}
	return nil
}

// leaveBuilt leaves behind what `make package` builds, below a folder.
func leaveBuilt(folder string) error {
	to := filepath.Join(folder, "dist")
	if err := os.MkdirAll(to, 0o750); err != nil {
		return err
	}
	for _, name := range []string{"lee-arm64.zip", "lee-x86_64.zip"} {
		if err := os.WriteFile(filepath.Join(to, name), nil, 0o600); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.Symlink(self, filepath.Join(to, "lee")); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

// askStandIn is Amazon's command line for skills: it deploys the skill of the folder it runs in.
func askStandIn(args []string) error {
	if slices.Contains(args, "deploy") {
		if _, err := os.Stat("ask-resources.json"); err != nil {
			return err
		}
	}
	return present(args)
}

// awsStandIn is AWS's command line. It needs to know the region: on a new machine it has none.
func awsStandIn(args []string) error {
	if err := inRegion(args); err != nil {
		return err
	}
	if i := slices.Index(args, "--output-template-file"); i >= 0 {
		return os.WriteFile(args[i+1], nil, 0o600)
	}
	return present(args)
}

// samStandIn is AWS's command line for SAM.
func samStandIn(args []string) error {
	if args[0] == "logs" && slices.Contains(args, "--name") && !slices.Contains(args, "--stack-name") {
		return errors.New("logs wants --stack-name beside --name")
	}
	return awsStandIn(args)
}

func gitStandIn([]string) error { return nil }

// goStandIn looks whether the packages that it is given are there.
func goStandIn(args []string) error {
	for _, arg := range args {
		if strings.HasPrefix(arg, "./") {
			if _, err := os.Stat(strings.TrimSuffix(arg, "...")); err != nil {
				return err
			}
		}
	}
	return nil
}

// inRegion returns an error when neither a flag nor the environment names AWS's region.
func inRegion(args []string) error {
	if slices.Contains(args, "--region") || os.Getenv("AWS_REGION") != "" {
		return nil
	}
	return fmt.Errorf("no region is named in %q", args)
}

// present returns an error when a file that the arguments name is not there.
func present(args []string) error {
	for i, arg := range args {
		name, named := strings.CutPrefix(arg, "file:")
		name = strings.TrimPrefix(name, "//")
		if !named && i > 0 && slices.Contains([]string{"--template-file", "--package"}, args[i-1]) {
			name, named = arg, true
		}
		if named {
			if _, err := os.Stat(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// quietly runs a program, away from anybody's home. The error holds what the program says.
func quietly(program string, args ...string) error {
	c := exec.Command(program, args...)
	c.Env = plainly()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
