//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package ach

import "os"

// lockFile keeps other runs off the state by a second file. It stays behind where a run is killed, and must then be removed.
func lockFile(f *os.File) (release func(), err error) {
	name := f.Name() + ".lock"
	l, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return func() {
		l.Close()
		os.Remove(name)
	}, nil
}
