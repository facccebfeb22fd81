// Package delivery is nothing but tests: what leads from a clone of LEE to a
// function that serves Alexa, as an operator goes about it.
//
// The package for Lambda is made by `make package` and started as Lambda does it;
// deploy/template.yaml is read as AWS reads it; the commands in docs/ are run. With
// the build tag live the tools that operators have do their part: AWS's command
// line for SAM, a moto server in AWS's place, Amazon's specification of skills.
package delivery
