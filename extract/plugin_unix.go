//go:build unix

package extract

import (
	"os/exec"
	"syscall"
)

// ownGroup gives a command a process group, so that whatever it starts can be
// ended with it: politely when its context ends, and for good by end, which
// must be called when it has run.
func ownGroup(cmd *exec.Cmd) (end func()) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	return func() {
		if cmd.Process != nil {
			// A group without processes is the normal case.
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		}
	}
}
