package operator_test

import (
	"time"

	"github.com/lambda-execution-engine/lee/app/operator"
)

// diagnosis is what an operator reads in the answer to diagnostics.
type diagnosis struct {
	operator.Diagnostics
	Gateway []operationCounts `json:"gateway"`
	Reflex  struct {
		Most    int
		FellOut uint64 `json:"fell_out"`
		Rows    []struct {
			Name, Port, Heat string
			Calls            uint64
			Weight           float64
			Direct           bool
		}
	} `json:"reflex"`
	Cache struct {
		Entries, Evicted, Shrunk int
		MostEntries              int `json:"most_entries"`
		Bytes                    int64
		MostBytes                int64 `json:"most_bytes"`
		Hits, Misses             uint64
		HitRate                  float64 `json:"hit_rate"`
		Sections                 []sectionCounts
	} `json:"cache"`
	Validation struct {
		Level         string
		Looked, Flaws uint64
		Named         []flawCount
	} `json:"validation"`
	Breakers []struct {
		Endpoint, Class, State string
		Quiet                  float64
	} `json:"breakers"`
	LIGS ligs `json:"ligs"`
	LUGS lugs `json:"lugs"`
}

type operationCounts struct {
	Name, Heat, Breaker                       string
	Calls, Failures, Refused, Retries, Shared uint64
	Mean                                      float64
	Direct                                    bool
}

type sectionCounts struct {
	Section                        string
	TTL                            float64
	Entries, Hits, Misses, Expired int
	HitRate                        float64 `json:"hit_rate"`
}

type flawCount struct {
	Entity          string `json:"entity_id"`
	Member, Problem string
	Count           uint64
}

type ligs struct {
	Loads, Failures int
	Ports           []portCounts
}

type portCounts struct {
	Name, Policy                                   string
	Loaded                                         bool
	Loads, Failures, Resurrections, Unloads, Holds int
	Refused                                        map[string]int
	Allocated, Given                               int64
	Used                                           time.Time
}

type lugs struct {
	Enabled                             bool
	Resident, Minimum, Due              int
	Hot                                 []string
	Unloads, Resurrections, Emergencies int
	ByReason                            map[string]int `json:"by_reason"`
	Refused                             map[string]int
	Given                               int64
	LastRelief                          *relief `json:"last_relief"`
}

type relief struct {
	Before, After, Won, Shrunk int64
	Ports                      int
}

// lifecycleAnswer is what an operator reads in the answer to lugs.
type lifecycleAnswer struct {
	LIGS   ligs
	LUGS   lugs
	Relief *relief
}
