package lambdapackage

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Unpack writes the files of a package to a folder, with the rights that the
// package gives them, as Lambda does. The error says what is wrong with the
// package; the folder may hold some of the files then.
func Unpack(file, folder string) error {
	r, err := zip.OpenReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	defer func() { _ = r.Close() }() // it was only read
	for _, f := range r.File {
		if err := extract(f, folder); err != nil {
			return fmt.Errorf("%s: %s: %w", file, f.Name, err)
		}
	}
	return nil
}

// largestProgram bounds what is unpacked of one file; Lambda allows 250 MB in all.
const largestProgram = 64 << 20

func extract(f *zip.File, folder string) error {
	if !filepath.IsLocal(f.Name) || filepath.Base(f.Name) != f.Name || !f.Mode().IsRegular() {
		return errors.New("a package of LEE holds nothing but programs")
	}
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := os.OpenFile(filepath.Join(folder, f.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.Mode().Perm()) //nolint:gosec // its name was looked at
	if err != nil {
		return err
	}
	n, err := io.Copy(to, io.LimitReader(from, largestProgram+1))
	if err == nil && n > largestProgram {
		err = fmt.Errorf("is larger than %d bytes", largestProgram)
	}
	if closed := to.Close(); err == nil {
		err = closed
	}
	return err
}
