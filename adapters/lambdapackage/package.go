// Package lambdapackage writes the zip file that AWS Lambda runs LEE from
// (https://docs.aws.amazon.com/lambda/latest/dg/golang-package.html), and unpacks
// one as Lambda does.
//
// The same programs always give the same bytes: nothing of the machine, the time
// or the folder goes into the file. Who builds LEE from the same source with the
// same Go can tell by one checksum that a function runs it.
package lambdapackage

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Programs are what a package holds, in this order: what Lambda starts, and what
// it becomes.
func Programs() []string { return []string{"bootstrap", "engine", "failsafe"} }

// MaxSize is the largest that a package may be, in bytes. Lambda allows 50 MB; what
// is beyond this is paid for by every cold start.
const MaxSize = 8 << 20

// epoch is when all files of a package are from: zip has no earlier time.
var epoch = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Pack reads the programs from a folder and returns their package. The error names
// the program that is missing, or is none that Lambda could start on that
// architecture, or says that the package is larger than MaxSize.
func Pack(folder string, architecture Architecture) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(to, flate.BestCompression)
	})
	for _, name := range Programs() {
		program, err := os.ReadFile(filepath.Join(folder, name)) //nolint:gosec // the operator names the folder
		if err != nil {
			return nil, err
		}
		if err := architecture.check(program); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(folder, name), err)
		}
		if err := add(w, name, program); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if out.Len() > MaxSize {
		return nil, fmt.Errorf("the package has %d bytes, and may have %d", out.Len(), MaxSize)
	}
	return out.Bytes(), nil
}

func add(w *zip.Writer, name string, program []byte) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch}
	header.SetMode(0o755)
	to, err := w.CreateHeader(header)
	if err == nil {
		_, err = to.Write(program)
	}
	return err
}
