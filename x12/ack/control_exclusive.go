//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package ack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// A lock is held for some milliseconds. One as old as staleLock was left behind by a process that died: whoever waits is told so
// rather than taking it away, since two could do that at once.
const staleLock = 30 * time.Second

// lockFile waits until it can make the file, which then is the lock.
func lockFile(path string) (unlock func() error, err error) {
	for {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			f.Close()
			return func() error { return os.Remove(path) }, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > staleLock {
			return nil, fmt.Errorf("held for more than %v: remove the file if no other run uses it", staleLock)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
