package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
)

func packageCommand() *cobra.Command {
	var from, to string
	c := &cobra.Command{
		Use:   "package [ARCHITECTURE...]",
		Short: "Pack LEE for AWS Lambda, always in the same bytes",
		Long: `Writes lee-arm64.zip and lee-x86_64.zip, which AWS Lambda runs with the runtime
provided.al2023, from the programs in the folders arm64 and amd64. ` + "`make package`" + `
builds these and calls this command.

The same programs give the same bytes: the checksum that is printed is the
CodeSha256 that Lambda shows of a function that runs the package.`,
		Example: "  make package\n  lee package --from dist arm64",
		RunE: func(c *cobra.Command, args []string) error {
			architectures := lambdapackage.Architectures()
			if len(args) > 0 {
				architectures = architectures[:0]
			}
			for _, name := range args {
				a, err := lambdapackage.Named(name)
				if err != nil {
					return err
				}
				architectures = append(architectures, a)
			}
			for _, a := range architectures {
				if err := writePackage(c.OutOrStdout(), filepath.Join(from, a.GOARCH()), packageFile(to, a), a); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "dist", "the folder with the folders of programs")
	c.Flags().StringVar(&to, "to", "dist", "the folder to write the packages to")
	return c
}

// packageFile names the package for an architecture in a folder.
func packageFile(folder string, a lambdapackage.Architecture) string {
	return filepath.Join(folder, "lee-"+a.String()+".zip")
}

func writePackage(out io.Writer, folder, file string, a lambdapackage.Architecture) error {
	packed, err := lambdapackage.Pack(folder, a)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, packed, 0o644); err != nil { //nolint:gosec // it holds no secret
		return err
	}
	sum := sha256.Sum256(packed)
	fmt.Fprintf(out, "%s  %.2f MB  CodeSha256 %s\n", file, float64(len(packed))/1e6, base64.StdEncoding.EncodeToString(sum[:]))
	return nil
}
