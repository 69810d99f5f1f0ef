//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package ack

import (
	"errors"
	"os"
	"syscall"
)

// lockFile waits until no other process, and nobody else in this one, holds the lock of a file. The system lets go of it when a
// process dies.
func lockFile(path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX); !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f.Close, nil
}
