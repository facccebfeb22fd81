//go:build race

package endtoend

// raceDetector says whether this test was built with the race detector.
const raceDetector = true
