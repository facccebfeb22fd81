package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
)

// defaultAddress is where a function that stays up can be invoked.
const defaultAddress = "127.0.0.1:9077"

// startFunction starts LEE as Lambda would: the bootstrap given, configured by
// environment alone. address may be "" for a free port.
func startFunction(ctx context.Context, h *house, bootstrap, address string, output io.Writer) (*lambdaapi.Function, time.Duration, error) {
	memory, err := memorySize()
	if err != nil {
		return nil, 0, err
	}
	f, err := lambdaapi.Start(lambdaapi.Config{
		Executable: bootstrap,
		Env:        h.env,
		Region:     h.region,
		Output:     output,
		Address:    address,
		Name:       "lee",
		MemoryMB:   memory,
		Timeout:    10 * time.Second,
	})
	if err != nil {
		return nil, 0, err
	}
	took, err := f.Init(ctx)
	if err != nil {
		_ = f.Close()
		return nil, 0, err
	}
	return f, took, nil
}

// unpacked returns the bootstrap of a package, or where none is named the one
// beside this program. The function returned removes what was unpacked.
func unpacked(file string) (bootstrap string, remove func(), err error) {
	if file == "" {
		bootstrap, err = beside("bootstrap")
		return bootstrap, func() {}, err
	}
	folder, err := os.MkdirTemp("", "lee-package-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(folder) }
	if err := lambdapackage.Unpack(file, folder); err != nil {
		remove()
		return "", nil, err
	}
	return filepath.Join(folder, "bootstrap"), remove, nil
}

// beside returns the path of a file of the package that lies beside this
// program.
func beside(name string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(self), name)
	if _, err := os.Stat(path); err != nil {
		return "", errors.New("there is no " + name + " beside lee; `make build` puts them together")
	}
	return path, nil
}

// memorySize returns the function's memory in MB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
// or 0 for the default.
func memorySize() (int, error) {
	raw := os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
	if raw == "" {
		return 0, nil
	}
	mb, err := strconv.Atoi(raw)
	if err != nil || mb < 128 || mb > 10240 {
		return 0, errors.New("AWS_LAMBDA_FUNCTION_MEMORY_SIZE must be from 128 to 10240 (MB)")
	}
	return mb, nil
}
