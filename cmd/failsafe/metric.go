package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// measure writes one line of CloudWatch's Embedded Metric Format, as the engine does
// (adapters/telemetry): that the failsafe answered an event, how long it took, and
// whether it failed at it
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
func (f *function) measure(now time.Time, took time.Duration, err error) {
	name, _ := json.Marshal(f.getenv("AWS_LAMBDA_FUNCTION_NAME")) // a text
	errs := 0
	if err != nil && fault.Of(err).Failure() {
		errs = 1
	}
	_, _ = fmt.Fprintf(f.metrics, `{"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"LEE","Dimensions":[["FunctionName"]],"Metrics":[`+
		`{"Name":"Failsafe","Unit":"Count"},{"Name":"ResponseTime","Unit":"Milliseconds"},{"Name":"Errors","Unit":"Count"}]}]},`+
		`"FunctionName":%s,"Failsafe":1,"ResponseTime":%.3f,"Errors":%d}`+"\n",
		now.UnixMilli(), name, float64(took)/float64(time.Millisecond), errs)
}
