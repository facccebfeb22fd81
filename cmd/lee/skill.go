package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/skillpackage"
	"github.com/lambda-execution-engine/lee/app/config"
)

func skillCommand() *cobra.Command {
	var skill skillpackage.Skill
	var options struct{ to, linking, url, client string }
	defaults := config.Defaults()
	c := &cobra.Command{
		Use:   "skill",
		Short: "Write the Alexa skill, for Amazon's command line",
		Long: `Writes the skill that leads from Alexa to LEE, for Amazon's command line, ask: the
manifest of a Smart Home skill, with the function that serves each part of the
world, and its account linking.

A skill and its function must know each other: make the skill without --function
first, deploy with the id that it gets (lee deploy --skill-id), and write it again
with --function. LEE may be deployed in each of us-east-1, eu-west-1 and us-west-2,
and --function be given for each.

Accounts are linked by Home Assistant's own login, or by Login with Amazon where
that login cannot be reached from outside: LEE then needs a token of its own.`,
		Example: `  lee skill --url https://home.example.org --locales en-GB,de-DE
  lee skill --url https://home.example.org --locales en-GB,de-DE --function arn:aws:lambda:eu-west-1:…:function:lee
  lee skill --linking amazon --client-id amzn1.application-oa2-client.… --locales en-US`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch options.linking {
			case "home-assistant":
				if len(skill.Locales) == 0 {
					break // Check says so
				}
				region, err := skillpackage.RegionOf(skill.Locales[0])
				if err != nil {
					return err
				}
				if skill.Linking, err = skillpackage.ByHomeAssistant(options.url, region); err != nil {
					return err
				}
			case "amazon":
				var err error
				if skill.Linking, err = skillpackage.ByAmazon(options.client); err != nil {
					return err
				}
			default:
				return fmt.Errorf("--linking is home-assistant or amazon, not %s", options.linking)
			}
			return writeSkill(c.OutOrStdout(), skill, options.to)
		},
	}
	c.Flags().StringVar(&options.to, "to", "skill", "the folder to write to")
	c.Flags().StringVar(&skill.Name, "name", defaults.AssistantName, "the name that the Alexa app shows")
	c.Flags().StringSliceVar(&skill.Locales, "locales", []string{defaults.Locale}, "the languages that people speak to Alexa")
	c.Flags().StringArrayVar(&skill.Functions, "function", nil, "the ARN of a function; one a region, and may be repeated")
	c.Flags().StringVar(&skill.ID, "skill-id", "", "the skill's id, where ask has not made the skill itself")
	c.Flags().StringVar(&options.linking, "linking", "home-assistant", "how accounts are linked: home-assistant, or amazon")
	c.Flags().StringVar(&options.url, "url", os.Getenv("HOME_ASSISTANT_URL"), "Home Assistant's URL as seen from outside")
	c.Flags().StringVar(&options.client, "client-id", "", "the client id of the security profile, with --linking amazon")
	return c
}

func writeSkill(out io.Writer, skill skillpackage.Skill, to string) error {
	files, err := skill.Write(to)
	if err != nil {
		return err
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
	return nil
}
