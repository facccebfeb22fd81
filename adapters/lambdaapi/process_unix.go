//go:build unix

package lambdaapi

import "syscall"

const (
	killSignal   = syscall.SIGKILL
	freezeSignal = syscall.SIGSTOP
	thawSignal   = syscall.SIGCONT
)

// ownGroup puts the process into a group of its own: what it starts is frozen
// and killed with it, and a Ctrl-C at the terminal is left to the caller. Should
// the caller die, the kernel wakes a group that it left frozen.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// signal reaches the whole group, unless the process has ended.
func (p *process) signal(s syscall.Signal) {
	if p.alive() {
		_ = syscall.Kill(-p.command.Process.Pid, s) // fails only for a group that is just ending
	}
}
