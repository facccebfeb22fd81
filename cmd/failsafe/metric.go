package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// measure writes one line of CloudWatch's Embedded Metric Format, as the engine does
// (adapters/telemetry): that the failsafe answered an event, how long it took, and
// whether it failed at it
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
func (f *function) measure(now time.Time, took time.Duration, err error) {
	name, _ := json.Marshal(f.getenv("AWS_LAMBDA_FUNCTION_NAME")) // a text
	errs := 0
	if failed(err) {
		errs = 1
	}
	_, _ = fmt.Fprintf(f.metrics, `{"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"LEE","Dimensions":[["FunctionName"]],"Metrics":[`+
		`{"Name":"Failsafe","Unit":"Count"},{"Name":"ResponseTime","Unit":"Milliseconds"},{"Name":"Errors","Unit":"Count"}]}]},`+
		`"FunctionName":%s,"Failsafe":1,"ResponseTime":%.3f,"Errors":%d}`+"\n",
		now.UnixMilli(), name, float64(took)/float64(time.Millisecond), errs)
}

// failed says whether an error is a failure of LEE's, or of what it needs, by the
// engine's rule: that somebody asked for what cannot be, or a device is switched off,
// is nobody's failure.
func failed(err error) bool {
	var told *alexa.Error
	if err == nil || errors.As(err, &told) {
		return false
	}
	switch fault.Of(err) {
	case fault.Invalid, fault.Unsupported, fault.NotFound, fault.Refused, fault.Unavailable:
		return false
	default:
		return true
	}
}
