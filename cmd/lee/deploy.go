package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
	"github.com/lambda-execution-engine/lee/ports"
)

// deployment is what is to be deployed, and how.
type deployment struct {
	vault
	stack, skill, template, packages, architecture, bucket string
	overrides                                              []string
}

func deployCommand() *cobra.Command {
	d := &deployment{}
	c := &cobra.Command{
		Use:   "deploy",
		Short: "Deploy LEE to AWS, or what has changed of it",
		Long: `Deploys the package and deploy/template.yaml with AWS's command line for SAM, sam.
Before that it asks for Home Assistant's URL and token, if the Parameter Store does
not have them yet.

What --set does not name stays as it was deployed the last time; the first time it
is what the template says. The names are those of the template's parameters.`,
		Example: `  lee deploy --region eu-west-1
  lee deploy --region eu-west-1 --skill-id amzn1.ask.skill.…
  lee deploy --set AlarmEmail=me@example.org --set KeepWarm='rate(5 minutes)'
  lee deploy --set Mode=failsafe`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return d.deploy(c.Context(), c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	d.flags(c)
	c.Flags().StringVar(&d.stack, "stack", "lee", "the name of the stack in CloudFormation")
	c.Flags().StringVar(&d.skill, "skill-id", "", "the Alexa skill that may call the function")
	c.Flags().StringArrayVar(&d.overrides, "set", nil, "a parameter of the template, NAME=VALUE; may be repeated")
	c.Flags().StringVar(&d.architecture, "architecture", lambdapackage.ARM64.String(), "arm64, or x86_64")
	c.Flags().StringVar(&d.template, "template", filepath.Join("deploy", "template.yaml"), "the template")
	c.Flags().StringVar(&d.packages, "packages", "dist", "the folder with the packages")
	c.Flags().StringVar(&d.bucket, "bucket", "", "the bucket to upload to, instead of one that sam makes")
	return c
}

func (d *deployment) deploy(ctx context.Context, in io.Reader, out, problems io.Writer) error {
	if err := d.override(); err != nil {
		return err
	}
	template, remove, err := d.fill()
	if err != nil {
		return err
	}
	defer remove()
	if _, err := exec.LookPath("sam"); err != nil {
		return errors.New("there is no sam here, AWS's command line for SAM; pipx install aws-sam-cli installs it, and AWS CloudShell has it")
	}
	to, err := d.config(ctx)
	if err != nil {
		return err
	}
	if err := d.needParameters(ctx, in, out); err != nil {
		return err
	}
	args := []string{
		"deploy", "--template-file", template, "--stack-name", d.stack, "--region", to.Region,
		"--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-fail-on-empty-changeset",
	}
	if d.bucket != "" {
		args = append(args, "--s3-bucket", d.bucket)
	} else {
		args = append(args, "--resolve-s3")
	}
	if d.profile != "" {
		args = append(args, "--profile", d.profile)
	}
	if len(d.overrides) > 0 {
		args = append(append(args, "--parameter-overrides"), quoted(d.overrides)...)
	}
	sam := exec.CommandContext(ctx, "sam", args...)
	sam.Env = append(os.Environ(), "AWS_REGION="+to.Region, "AWS_DEFAULT_REGION="+to.Region)
	sam.Stdout, sam.Stderr = out, problems
	if err := sam.Run(); err != nil {
		return fmt.Errorf("sam deploy failed: %w", err)
	}
	fmt.Fprintf(out, "\nDeployed. The skill's endpoint is the FunctionArn above: lee skill --function ARN\n")
	return nil
}

// override gathers what is to be other than the template says, or than it was.
func (d *deployment) override() error {
	named := func(name string) bool {
		return slices.ContainsFunc(d.overrides, func(o string) bool { return strings.HasPrefix(o, name+"=") })
	}
	for _, o := range d.overrides {
		name, value, ok := strings.Cut(o, "=")
		if !ok || name == "" {
			return fmt.Errorf("--set %s is not NAME=VALUE", o)
		}
		if name == "ParameterPrefix" {
			d.prefix = value
		}
	}
	if d.prefix == "" {
		d.prefix = defaultPrefix()
	}
	if d.skill != "" {
		if named("SkillId") {
			return errors.New("--skill-id and --set SkillId say the same: say one of them")
		}
		d.overrides = append(d.overrides, "SkillId="+d.skill)
	}
	return nil
}

// known says which parameter is none of the template's: sam passes over it in silence.
func (d *deployment) known(template string) error {
	_, section, _ := strings.Cut(template, "\nParameters:\n")
	var names []string
	for line := range strings.Lines(section) {
		if line[0] != ' ' && strings.TrimSpace(line) != "" {
			break // the next section
		}
		if found := parameterName.FindStringSubmatch(line); found != nil {
			names = append(names, found[1])
		}
	}
	for _, o := range d.overrides {
		if name, _, _ := strings.Cut(o, "="); !slices.Contains(names, name) {
			return fmt.Errorf("--set %s: the template has no such parameter; it has %s", name, strings.Join(names, ", "))
		}
	}
	return nil
}

// parameterName is a line with which one of a template's parameters begins.
var parameterName = regexp.MustCompile(`^ {2}([A-Za-z0-9]+):\s*$`)

// quoted are NAME=VALUE as sam takes values that hold spaces or quotes.
func quoted(overrides []string) []string {
	out := make([]string, len(overrides))
	for i, o := range overrides {
		name, value, _ := strings.Cut(o, "=")
		out[i] = name + `="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
	}
	return out
}

// fill writes the template with the package's place and architecture filled in: sam
// can be told neither. The function returned removes it.
func (d *deployment) fill() (file string, remove func(), err error) {
	a, err := lambdapackage.Named(d.architecture)
	if err != nil {
		return "", nil, err
	}
	packed, err := filepath.Abs(packageFile(d.packages, a))
	if err != nil {
		return "", nil, err
	}
	if _, err := os.Stat(packed); err != nil {
		return "", nil, fmt.Errorf("%w; `make package` makes it", err)
	}
	template, err := os.ReadFile(d.template)
	if err != nil {
		return "", nil, fmt.Errorf("%w; lee deploy is run in LEE's folder", err)
	}
	text := string(template)
	if err := d.known(text); err != nil {
		return "", nil, err
	}
	for _, line := range []struct{ was, is string }{
		{"CodeUri: ../dist/lee-arm64.zip\n", fmt.Sprintf("CodeUri: %q\n", packed)},
		{"Architectures: [arm64]\n", fmt.Sprintf("Architectures: [%s]\n", a)},
	} {
		if strings.Count(text, line.was) != 1 {
			return "", nil, fmt.Errorf("%s does not have the line %q", d.template, strings.TrimSpace(line.was))
		}
		text = strings.Replace(text, line.was, line.is, 1)
	}
	to, err := os.CreateTemp("", "lee-template-*.yaml")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.Remove(to.Name()) }
	_, err = to.WriteString(text)
	if err := errors.Join(err, to.Close()); err != nil {
		remove()
		return "", nil, err
	}
	return to.Name(), remove, nil
}

// needParameters sees to it that the function will know where the home is.
func (d *deployment) needParameters(ctx context.Context, in io.Reader, out io.Writer) error {
	there, err := d.read(ctx)
	if err != nil {
		return err
	}
	const needed = "HOME_ASSISTANT_URL"
	url, err := storable(needed)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(there, func(p ports.Parameter) bool { return p.Name == d.prefix+"/"+url.Path }) {
		return nil
	}
	if _, ok := openTerminal(in, out); !ok {
		return fmt.Errorf("there is no %s/%s in the Parameter Store: lee parameters set keeps it", d.prefix, url.Path)
	}
	fmt.Fprintln(out, "The function will need to know where Home Assistant is. With account linking by\nHome Assistant it can do without a token of its own: press Enter then.")
	return d.set(ctx, []string{needed, "HOME_ASSISTANT_TOKEN"}, in, out)
}
