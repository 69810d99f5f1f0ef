//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package ach

import (
	"os"
	"syscall"
)

// lockFile keeps other runs off the state until f is closed or the process ends.
func lockFile(f *os.File) (release func(), err error) {
	return func() {}, syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
