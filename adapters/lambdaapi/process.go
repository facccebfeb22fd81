package lambdaapi

import (
	"os/exec"
	"time"
)

// process is one run of the executable.
type process struct {
	number  int // within the environment, from 1
	begun   time.Time
	session *session
	command *exec.Cmd
	served  bool // it was given an event; the worker's own

	gone chan struct{} // closed when the process has ended and was waited for
	exit string        // how it ended; readable once gone is closed
}

// launch starts the executable as the environment's process of that number and
// opens its session. Nothing is left behind when it fails.
func launch(c Config, environ []string, number int, in *group, open func(*session)) (*process, error) {
	gone := make(chan struct{})
	p := &process{number: number, session: newSession(gone), gone: gone}

	p.command = exec.Command(c.Executable)
	p.command.Dir = c.TaskRoot
	p.command.Env = environ
	p.command.Stdout, p.command.Stderr = c.Output, c.Output
	p.command.SysProcAttr = ownGroup()
	// A grandchild that left the group may hold the output open for ever.
	p.command.WaitDelay = time.Second

	open(p.session) // before the process can call
	p.begun = time.Now()
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(gone)
		_ = p.command.Wait() // the state below says more than the error
		p.exit = p.command.ProcessState.String()
	}()
	if err := in.add(p.command.Process.Pid); err != nil && p.alive() {
		p.kill()
		return nil, err
	}
	return p, nil
}

// alive tells whether the process has not been seen to end.
func (p *process) alive() bool {
	select {
	case <-p.gone:
		return false
	default:
		return true
	}
}

// kill ends the process and returns when it is gone. Lambda gives a function
// without extensions no warning either.
func (p *process) kill() {
	p.signal(killSignal)
	<-p.gone
}

// end waits a moment for a process that is about to exit, so that its last words
// are not cut off, and kills it then.
func (p *process) end(grace time.Duration) {
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-p.gone:
	case <-timer.C:
		p.kill()
	}
}

// exited says how the process ended, "" while it lives.
func (p *process) exited() string {
	if p.alive() {
		return ""
	}
	return p.exit
}
