package lambdaapi

import "errors"

// ErrNoConfinement is returned by [Start] for a function that is to be confined
// on a machine that cannot do that.
var ErrNoConfinement = errors.New("lambdaapi: this machine cannot confine a process: that takes root on Linux, and control groups for memory and CPU")

// wholeCPU is the memory, in MB, for which Lambda gives a function one CPU; with
// more or less of it the share is in proportion:
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html.
const wholeCPU = 1769

// share is how much of one CPU Lambda gives the function.
func (c Config) share() float64 { return float64(c.MemoryMB) / wholeCPU }
