package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/skillpackage"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/invocation"
)

// skillOptions are the flags that are not the skill's own.
type skillOptions struct {
	to, linking, url, client string
	devicesOnly, noHouse     bool
	invocations              []string
}

func skillCommand() *cobra.Command {
	var skill skillpackage.Skill
	var options skillOptions
	defaults := config.Defaults()
	c := &cobra.Command{
		Use:   "skill",
		Short: "Write the Alexa skill, for Amazon's command line",
		Long: `Writes the skill that leads from Alexa to LEE, for Amazon's command line, ask: the
manifest of a Smart Home skill, with the function that serves each part of the
world, its account linking, and what people can say to the assistant: in each
language, with the names of the automations, scripts, helpers, rooms and timers of
the home that HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name.

The assistant is called by HA_ASSISTANT_NAME, unless --invocation says otherwise. A
name that Amazon would refuse is an error, with a better one; docs/skill.md has the
rules.

A skill and its function must know each other: make the skill without --function
first, deploy with the id that it gets (lee deploy --skill-id), and write it again
with --skill-id and --function. LEE may be deployed in each of us-east-1, eu-west-1 and us-west-2,
and --function be given for each.

Accounts are linked by Home Assistant's own login, or by Login with Amazon where
that login cannot be reached from outside: LEE then needs a token of its own.`,
		Example: `  lee skill --url https://home.example.org --locales en-GB,de-DE
  lee skill --url https://home.example.org --locales en-GB,de-DE --skill-id amzn1.ask.skill.… --function arn:aws:lambda:eu-west-1:…:function:lee
  lee skill --url https://home.example.org --locales en-GB,de-DE --invocation 'our house' --invocation 'de-DE=mein zuhause'
  lee skill --linking amazon --client-id amzn1.application-oa2-client.… --locales en-US`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if skill.Linking, err = options.link(skill.Locales); err != nil {
				return err
			}
			var told []string
			if !options.devicesOnly {
				if skill.Assistant, told, err = options.assistant(c.Context()); err != nil {
					return err
				}
			}
			return writeSkill(c.OutOrStdout(), skill, options.to, told)
		},
	}
	c.Flags().StringVar(&options.to, "to", "skill", "the folder to write to")
	c.Flags().StringVar(&skill.Name, "name", defaults.AssistantName, "the name that the Alexa app shows")
	c.Flags().StringSliceVar(&skill.Locales, "locales", []string{defaults.Terms.House.Locale}, "the languages that people speak to Alexa")
	c.Flags().StringArrayVar(&skill.Functions, "function", nil, "the ARN of a function; one a region, and may be repeated")
	c.Flags().StringVar(&skill.ID, "skill-id", "", "the id of a skill that is there already, for ask to update it")
	c.Flags().StringArrayVar(&options.invocations, "invocation", nil, "what people call the assistant, NAME or LOCALE=NAME; may be repeated (HA_ASSISTANT_NAME)")
	c.Flags().BoolVar(&options.devicesOnly, "no-assistant", false, "make a skill that has devices, and nobody to talk to")
	c.Flags().BoolVar(&options.noHouse, "no-house", false, "ask no home for names: any house's will do")
	c.Flags().StringVar(&options.linking, "linking", "home-assistant", "how accounts are linked: home-assistant, or amazon")
	c.Flags().StringVar(&options.url, "url", os.Getenv("HOME_ASSISTANT_URL"), "Home Assistant's URL as seen from outside")
	c.Flags().StringVar(&options.client, "client-id", "", "the client id of the security profile, with --linking amazon")
	return c
}

// link returns how accounts are linked for people who speak the locales.
func (o *skillOptions) link(locales []string) (skillpackage.Linking, error) {
	switch o.linking {
	case "home-assistant":
		if len(locales) == 0 {
			return skillpackage.Linking{}, nil // Check says so
		}
		region, err := skillpackage.RegionOf(locales[0])
		if err != nil {
			return skillpackage.Linking{}, err
		}
		return skillpackage.ByHomeAssistant(o.url, region)
	case "amazon":
		return skillpackage.ByAmazon(o.client)
	default:
		return skillpackage.Linking{}, fmt.Errorf("--linking is home-assistant or amazon, not %s", o.linking)
	}
}

func writeSkill(out io.Writer, skill skillpackage.Skill, to string, told []string) error {
	files, err := skill.Write(to)
	if err != nil {
		return err
	}
	for _, line := range told {
		fmt.Fprintln(out, line)
	}
	for _, file := range files {
		fmt.Fprintf(out, "Wrote    %s\n", file)
	}
	for _, warning := range skill.Warnings() {
		fmt.Fprintf(out, "Warning  %s\n", warning)
	}
	id := skill.ID
	if id == "" {
		id = "SKILL_ID"
	}
	fmt.Fprintf(out, `
Next, in %s:
  ask deploy --target skill-metadata
  ask smapi update-account-linking-info --skill-id %s --account-linking-request file:%s
`, filepath.Clean(to), id, skillpackage.LinkingFile)
	if skill.Linking.ClientSecret == "" {
		fmt.Fprintln(out, "and enter the security profile's secret in the developer console, under Account Linking.")
	}
	if spoken := skill.Spoken(); len(spoken) > 0 {
		fmt.Fprintf(out, `Then enable the skill in the Alexa app, say "Alexa, discover my devices", and "Alexa, open %s".
Write and deploy it again when rooms, scripts and the like get other names.
`, invocation.Name(skill.Assistant.Called(spoken[0])))
	}
	return nil
}
