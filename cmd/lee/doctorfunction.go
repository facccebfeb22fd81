package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/awslambda"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// examineThere judges what a function sees that is deployed.
func examineThere(ctx context.Context, who *account, function string) checkup.Report {
	if who.region == "" {
		who.region = awslambda.RegionOf(function, "")
	}
	to, err := who.config(ctx)
	if err != nil {
		return checkup.Call{Function: function, Outcome: checkup.Unasked, Problem: err.Error()}.Report(checkup.Report{})
	}
	there := awslambda.Config{
		Region: to.Region, AccessKeyID: to.AccessKeyID, SecretAccessKey: to.SecretAccessKey, SessionToken: to.SessionToken,
		Endpoint: os.Getenv("AWS_ENDPOINT_URL_LAMBDA"),
	}
	if there.Endpoint == "" {
		there.Endpoint = os.Getenv("AWS_ENDPOINT_URL")
	}
	started := time.Now()
	answer, err := there.Invoke(ctx, function, []byte(`{"operation":"doctor"}`))
	call := checkup.Call{Function: function, Region: to.Region, Took: time.Since(started)}
	if err != nil {
		call.Outcome, call.Problem = outcomeOf(err), fault.Text(err)
		return call.Report(checkup.Report{})
	}
	facts, outcome := readFacts(answer)
	call.Outcome = outcome
	if outcome == checkup.Answered {
		return call.Report(checkup.Examine(facts))
	}
	if outcome == checkup.Failsafe {
		if answer, err := there.Invoke(ctx, function, []byte(`{"operation":"health"}`)); err == nil {
			call.Problem = ailments(answer)
		}
	}
	return call.Report(checkup.Report{})
}

// ailments returns what the failsafe says of its health: why it answers, and what
// is wrong besides.
func ailments(health []byte) string {
	var told struct {
		Components []struct {
			Detail string `json:"detail"`
		} `json:"components"`
	}
	_ = json.Unmarshal(health, &told) // an older failsafe tells nothing
	var details []string
	for _, c := range told.Components {
		if detail := strings.TrimPrefix(strings.TrimSuffix(c.Detail, "."), "The failsafe answers: "); detail != "" {
			details = append(details, detail)
		}
	}
	return strings.Join(details, "; ")
}

func outcomeOf(err error) checkup.Outcome {
	switch fault.Of(err) {
	case fault.NotFound:
		return checkup.NoSuch
	case fault.NotAllowed:
		return checkup.NotYours
	case fault.Failed:
		return checkup.Collapsed
	default:
		return checkup.Away
	}
}

// readFacts reads a function's answer: what it saw, or an error of who does not know
// how to look.
func readFacts(answer []byte) (checkup.Facts, checkup.Outcome) {
	var read struct {
		checkup.Facts
		Error *struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	switch err := json.Unmarshal(answer, &read); {
	case err == nil && read.Error != nil && strings.Contains(read.Error.Message, "failsafe"):
		return checkup.Facts{}, checkup.Failsafe
	case err != nil || read.Error != nil || read.From != checkup.Function:
		return checkup.Facts{}, checkup.Ignorant
	default:
		return read.Facts, checkup.Answered
	}
}
