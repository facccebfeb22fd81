package operator

import (
	"math"

	"github.com/lambda-execution-engine/lee/ports"
)

// CacheView is the cache.
type CacheView struct {
	ports.CacheReport
	// Hits, Misses and HitRate, in percent, are those of all sections.
	Hits     uint64        `json:"hits"`
	Misses   uint64        `json:"misses"`
	HitRate  float64       `json:"hit_rate"`
	Sections []SectionView `json:"sections"`
}

// SectionView is a section of the cache.
type SectionView struct {
	ports.SectionReport
	HitRate float64 `json:"hit_rate"`
}

// cache is the view of the cache, and of the section that is kept elsewhere.
func cache(r ports.CacheReport, elsewhere ports.SectionReport) CacheView {
	view := CacheView{CacheReport: r, Sections: make([]SectionView, len(r.Sections))}
	for i, s := range r.Sections {
		if s.Section == elsewhere.Section {
			s = elsewhere
		}
		view.Hits += s.Hits
		view.Misses += s.Misses
		view.Sections[i] = SectionView{s, share(s.Hits, s.Misses)}
	}
	view.HitRate = share(view.Hits, view.Misses)
	return view
}

// share returns which share of all are some, in percent, to one decimal; 0 of nothing.
func share(some, others uint64) float64 {
	if some+others == 0 {
		return 0
	}
	return math.Round(10*(100*float64(some)/float64(some+others))) / 10
}
