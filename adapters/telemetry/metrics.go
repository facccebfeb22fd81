package telemetry

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// Namespace is the CloudWatch namespace of all metrics.
	Namespace = "LEE"
	// Dimension is the one dimension that they have: every value of every dimension
	// makes a metric of its own, which is paid for.
	Dimension = "FunctionName"
)

// Metrics writes measurements to a log in CloudWatch's Embedded Metric Format,
// one line each
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
// Response times are written one by one, so CloudWatch has their percentiles.
// Make one with NewMetrics. It is safe for concurrent use.
type Metrics struct {
	metrics []metric
	// dimension is the dimension's name and value as members of an object.
	dimension string

	mu   sync.Mutex
	out  io.Writer
	line []byte
}

var _ ports.Meter = (*Metrics)(nil)

// metric is one metric. ok is false where an invocation has no value for it.
type metric struct {
	name, unit string
	value      func(ports.Measurement) (value float64, ok bool)
}

// metrics are all metrics, those of the lowest tier first.
var metrics = [...]metric{
	{"ResponseTime", "Milliseconds", func(m ports.Measurement) (float64, bool) {
		return float64(m.Took) / float64(time.Millisecond), true
	}},
	{"Errors", "Count", func(m ports.Measurement) (float64, bool) { return one(m.Failed), true }},
	{"MemoryUsed", "Megabytes", func(m ports.Measurement) (float64, bool) { return float64(m.Memory) / (1 << 20), true }},

	{"ModulesLoaded", "Count", func(m ports.Measurement) (float64, bool) { return float64(m.Loaded), true }},
	{"CacheHitRate", "Percent", func(m ports.Measurement) (float64, bool) { return share(m.Hits, m.Misses) }},
	{"CircuitBreakerOpen", "Count", func(m ports.Measurement) (float64, bool) { return float64(m.BreakersOpen), true }},

	{"CacheMissRate", "Percent", func(m ports.Measurement) (float64, bool) { return share(m.Misses, m.Hits) }},
	{"CircuitBreakerClosed", "Count", func(m ports.Measurement) (float64, bool) { return float64(m.BreakersClosed), true }},
	{"ColdStart", "Count", func(m ports.Measurement) (float64, bool) { return one(m.Cold), true }},
	{"HomeRoundTrips", "Count", func(m ports.Measurement) (float64, bool) { return float64(m.RoundTrips), true }},
}

// MetricNames returns the names of all metrics, those of the lowest tier first.
func MetricNames() []string {
	names := make([]string, len(metrics))
	for i, m := range metrics {
		names[i] = m.name
	}
	return names
}

// NewMetrics returns metrics that are written to out: the first most of
// MetricNames. function is the function's name, "" for one that does not run on
// Lambda.
func NewMetrics(out io.Writer, function string, most int) *Metrics {
	if function == "" {
		function = "local" // a dimension must have a value
	}
	name, _ := json.Marshal(function) // a text can always be written
	return &Metrics{
		metrics:   metrics[:min(max(most, 0), len(metrics))],
		dimension: `"` + Dimension + `":` + string(name),
		out:       out,
	}
}

// Measure implements ports.Meter.
func (w *Metrics) Measure(m ports.Measurement) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.line = w.appendDocument(w.line[:0], m)
	_, _ = w.out.Write(w.line) // a log that cannot be written cannot be told so
}

// appendDocument appends a measurement as a document of the format, and a line's
// end. encoding/json would take several times as long.
func (w *Metrics) appendDocument(to []byte, m ports.Measurement) []byte {
	to = append(to, `{"_aws":{"Timestamp":`...)
	to = strconv.AppendInt(to, m.At.UnixMilli(), 10)
	to = append(to, `,"CloudWatchMetrics":[{"Namespace":"`+Namespace+`","Dimensions":[["`+Dimension+`"]],"Metrics":[`...)
	for _, metric := range w.metrics {
		if _, ok := metric.value(m); !ok {
			continue
		}
		if to[len(to)-1] == '}' {
			to = append(to, ',')
		}
		to = append(to, `{"Name":"`...)
		to = append(to, metric.name...)
		to = append(to, `","Unit":"`...)
		to = append(to, metric.unit...)
		to = append(to, `"}`...)
	}
	to = append(to, `]}]},`...)
	to = append(to, w.dimension...)
	to = append(to, `,"RequestId":`...)
	to = appendText(to, m.Correlation)
	for _, metric := range w.metrics {
		if value, ok := metric.value(m); ok {
			to = append(to, `,"`...)
			to = append(to, metric.name...)
			to = append(to, `":`...)
			to = appendNumber(to, value)
		}
	}
	return append(to, "}\n"...)
}

// appendText appends a JSON text.
func appendText(to []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(text)
			return append(to, quoted...)
		}
	}
	return append(append(append(to, '"'), text...), '"')
}

// appendNumber appends a JSON number with three decimals at most.
func appendNumber(to []byte, f float64) []byte {
	return strconv.AppendFloat(to, math.Round(f*1000)/1000, 'f', -1, 64)
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// share returns which share of all are some, in percent. Of nothing there is no
// share.
func share(some, others uint64) (percent float64, ok bool) {
	all := some + others
	return 100 * float64(some) / float64(all), all > 0
}
