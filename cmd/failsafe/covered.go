//go:build covered

package main

import _ "github.com/lambda-execution-engine/lee/app/covered" // notes what is executed
