package main

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// mark is a file that says how the engine has fared in this environment, so that one
// that does not work is not tried again. Lambda restarts a process that has ended or
// hung in the same environment, with the same /tmp
// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html), and
// /tmp goes with the environment: so the mark needs no clearing up.
//
// Its first line says which engine it is about, and where. Each further line is
// something that has happened, after the time: bootstrap adds "start" before it becomes the
// engine, and that adds "event" when it is handed its first event and "answer" when
// that is answered, or in other words why it cannot go on. What comes after the last
// "start" is how that one fared.
type mark struct {
	path string
	// about is the first line, events are the others: "" where there is no mark, or one
	// about another engine.
	about, events string
}

// The lines of a mark that have a meaning.
const (
	started  = "start"
	handed   = "event"
	answered = "answer"
)

// unfit is how it begins why the engine is not to be tried.
const unfit = "the engine does not work here: "

// most is how often the engine may end in one environment although it has answered
// each time: an event is lost each time.
const most = 3

// newMark returns the mark of the engine that is that file.
func newMark(engine string) mark {
	m := mark{path: filepath.Join(os.TempDir(), "lee-engine"), about: "engine"}
	if f, err := os.Open(engine); err == nil { //nolint:gosec // it lies beside this program
		// One that was mended meanwhile is another one. Its size is enough to tell: it
		// takes nothing to find out, and on Lambda it never changes in an environment.
		size, _ := f.Seek(0, io.SeekEnd)
		_ = f.Close()
		m.about += " " + strconv.FormatInt(size, 10)
	}
	stream := os.Getenv("AWS_LAMBDA_LOG_STREAM_NAME")
	if !strings.Contains(stream, "]") {
		// Nothing but Lambda gives each environment a stream of its own. An emulator is
		// the parent of all processes of its environment.
		stream = "process " + strconv.Itoa(os.Getppid())
	}
	m.about += " " + os.Getenv("AWS_LAMBDA_FUNCTION_VERSION") + " " + stream
	m.events = m.read()
	return m
}

// longest is how much of a mark is read: some of its lines quote an error.
const longest = 8 << 10

// read returns the events.
func (m mark) read() string {
	f, err := os.OpenFile(m.path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe in its place must not keep anybody waiting
	if err != nil {
		return ""
	}
	var raw [longest]byte
	n := 0
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		n, _ = f.Read(raw[:])
	}
	_ = f.Close()
	about, events, _ := strings.Cut(strings.TrimSuffix(string(raw[:n]), "\n"), "\n")
	if about != m.about {
		return ""
	}
	return events
}

// fared says why the engine is not to be tried again, "" when it is, and when that
// was found out, in seconds since 1970: to write times as people do is for a larger
// program.
func (m mark) fared() (why, at string) {
	var starts int
	var last string
	for line := range strings.SplitSeq(m.events, "\n") {
		at, last, _ = strings.Cut(line, " ")
		if last == started {
			starts++
		}
	}
	switch {
	case starts == 0, last == answered && starts < most:
		return "", ""
	case last == answered:
		last = "it answers, and has ended each time"
	case last == started:
		last = "it was started, and ended before it was handed an event"
	case last == handed:
		last = "it was handed its first event, and ended before it answered"
	}
	if starts > 1 {
		last += " (start " + strconv.Itoa(starts) + ")"
	}
	return unfit + last, at
}

// waits returns since when the event that comes first may have been waiting, in
// milliseconds since 1970: since the start of an engine that ended before it was handed
// one, else since now.
func (m mark) waits() string {
	last := m.events[strings.LastIndexByte(m.events, '\n')+1:]
	if at, what, _ := strings.Cut(last, " "); what == started {
		return at + "000"
	}
	return strconv.FormatInt(time.Now().UnixMilli(), 10)
}

// start adds that the engine is about to be started. A mark that is about another one
// gives way.
func (m mark) start() error {
	if m.events != "" {
		return m.add(started)
	}
	whole := m.about + "\n" + now() + " " + started + "\n"
	err := m.write(whole, os.O_CREATE|os.O_EXCL)
	if err != nil && os.Remove(m.path) == nil {
		err = m.write(whole, os.O_CREATE|os.O_EXCL)
	}
	return err
}

// add adds something that has happened.
func (m mark) add(what string) error {
	return m.write(now()+" "+what+"\n", os.O_APPEND)
}

func now() string { return strconv.FormatInt(time.Now().Unix(), 10) }

func (m mark) write(text string, how int) error {
	f, err := os.OpenFile(m.path, os.O_WRONLY|syscall.O_NONBLOCK|how, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
