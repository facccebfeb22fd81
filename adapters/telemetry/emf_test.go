package telemetry_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The rules of the Embedded Metric Format, as Amazon's specification has them
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
// and the limits of the API that the values end up in
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html).
const (
	mostBytes      = 256 << 10 // of a log event; later editions of the page allow 1 MB
	mostMetrics    = 100       // of a directive
	mostDimensions = 9         // of a set; later editions allow 30
	mostValues     = 100       // of one metric
	longestName    = 255       // of a namespace, a metric, a dimension
	longestValue   = 1024      // of a dimension's value
	oldest         = 14 * 24 * time.Hour
	furthest       = 2 * time.Hour
	largest        = 1 << 62 // about: values beyond 2^360 are refused, and ours are small
)

var units = strings.Fields(`Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes
	Bits Kilobits Megabits Gigabits Terabits Percent Count Bytes/Second Kilobytes/Second Megabytes/Second
	Gigabytes/Second Terabytes/Second Bits/Second Kilobits/Second Megabits/Second Gigabits/Second
	Terabits/Second Count/Second None`)

// document is a document in the format.
type document struct {
	root       map[string]any
	at         time.Time
	namespace  string
	dimensions map[string]string
	metrics    map[string]float64
	units      map[string]string
}

// checkEMF returns what is wrong with one line of the log as a document of the
// format, read at the time now; nothing when it is one.
func checkEMF(line []byte, now time.Time) (d document, wrong []string) {
	d = document{dimensions: map[string]string{}, metrics: map[string]float64{}, units: map[string]string{}}
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if len(line) > mostBytes {
		say("it has %d bytes", len(line))
	}
	if n := bytes.Count(bytes.TrimSuffix(line, []byte("\n")), []byte("\n")); n > 0 {
		say("it has %d lines", n+1)
	}
	if err := json.Unmarshal(line, &d.root); err != nil {
		say("it is no JSON object: %v", err)
		return d, wrong
	}
	meta, ok := d.root["_aws"].(map[string]any)
	if !ok {
		say("_aws is missing or no object")
		return d, wrong
	}
	for name := range meta {
		if name != "Timestamp" && name != "CloudWatchMetrics" {
			say("_aws has a member %s", name)
		}
	}
	stamp, ok := meta["Timestamp"].(float64)
	if d.at = time.UnixMilli(int64(stamp)); !ok || stamp != float64(int64(stamp)) || now.Sub(d.at) > oldest || d.at.Sub(now) > furthest {
		say("the Timestamp is %v", meta["Timestamp"])
	}
	directives, ok := meta["CloudWatchMetrics"].([]any)
	if !ok || len(directives) == 0 {
		say("CloudWatchMetrics is %v", meta["CloudWatchMetrics"])
	}
	for _, directive := range directives {
		members, ok := directive.(map[string]any)
		if !ok {
			say("a directive is no object")
			continue
		}
		d.directive(members, say)
	}
	return d, wrong
}

func (d *document) directive(members map[string]any, say func(string, ...any)) {
	for name := range members {
		if !slices.Contains([]string{"Namespace", "Dimensions", "Metrics"}, name) {
			say("a directive has a member %s", name)
		}
	}
	namespace, ok := members["Namespace"].(string)
	if !ok || namespace == "" || len(namespace) > longestName || strings.HasPrefix(namespace, "AWS/") || strings.ContainsAny(namespace, "\n:") {
		say("the namespace is %v", members["Namespace"])
	}
	d.namespace = namespace
	sets, ok := members["Dimensions"].([]any)
	if !ok || len(sets) == 0 {
		say("Dimensions is %v", members["Dimensions"])
	}
	for _, set := range sets {
		names, ok := set.([]any)
		if !ok || len(names) > mostDimensions {
			say("a set of dimensions is %v", set)
		}
		for _, name := range names {
			d.dimension(name, say)
		}
	}
	metrics, ok := members["Metrics"].([]any)
	if !ok || len(metrics) > mostMetrics {
		say("Metrics is %v", members["Metrics"])
	}
	for _, metric := range metrics {
		definition, _ := metric.(map[string]any)
		d.metric(definition, say)
	}
}

func (d *document) dimension(name any, say func(string, ...any)) {
	text, ok := name.(string)
	value, isText := d.root[text].(string)
	switch {
	case !ok || text == "" || len(text) > longestName || strings.HasPrefix(text, ":") || !ascii(text):
		say("a dimension is called %v", name)
	case !isText || strings.TrimSpace(value) == "" || len(value) > longestValue || !ascii(value):
		say("the dimension %s is %v", text, d.root[text])
	default:
		d.dimensions[text] = value
	}
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

func (d *document) metric(definition map[string]any, say func(string, ...any)) {
	for member := range definition {
		if !slices.Contains([]string{"Name", "Unit", "StorageResolution"}, member) {
			say("a metric has a member %s", member)
		}
	}
	name, ok := definition["Name"].(string)
	if !ok || name == "" || len(name) > longestName {
		say("a metric is called %v", definition["Name"])
		return
	}
	if unit, given := definition["Unit"]; given {
		text, ok := unit.(string)
		if !ok || !slices.Contains(units, text) {
			say("the unit of %s is %v", name, unit)
		}
		d.units[name] = text
	}
	if resolution, given := definition["StorageResolution"]; given && resolution != 1.0 && resolution != 60.0 {
		say("the resolution of %s is %v", name, resolution)
	}
	if _, twice := d.metrics[name]; twice {
		say("%s is there twice", name)
	}
	values, ok := d.root[name].([]any)
	if !ok {
		values = []any{d.root[name]}
	}
	if len(values) == 0 || len(values) > mostValues {
		say("%s has %d values", name, len(values))
	}
	for _, value := range values {
		f, ok := value.(float64)
		if !ok || f > largest || f < -largest {
			say("%s is %v", name, value)
		}
		d.metrics[name] = f
	}
}
