package cli

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/x12-go/edi/x12"
)

// The output is written in blocks of bufferSize. Where someone may be waiting at the other end (a pipe, a terminal) it
// is also written at the end of a set, if flushBytes are pending or the last write is flushAfter ago: a run of small
// sets costs no system call each, and a slow source still shows every set as it ends.
const (
	bufferSize = 64 << 10
	flushBytes = 4 << 10
	flushAfter = 100 * time.Millisecond
)

// output is where the data of a call goes. It is an [io.Writer] with a buffer.
type output struct {
	w     io.Writer
	buf   []byte
	n     int64 // bytes written by the command
	err   error // sticky
	live  bool  // flush at set ends
	since time.Time
	tee   *counter // counts what is written, may be nil
	file  *pending // of -o, nil for stdout
}

// openOutput opens the file of -o, or takes stdout when path is empty.
func openOutput(path string, stdout io.Writer) (*output, error) {
	o := &output{w: stdout}
	if path != "" && path != "-" {
		f, special, err := createBeside(path)
		if err != nil {
			return nil, err
		}
		o.w, o.live = f.File, special
		o.file = f
		return o, nil
	}
	if f, ok := stdout.(*os.File); ok {
		info, err := f.Stat()
		o.live = err == nil && !info.Mode().IsRegular()
	}
	return o, nil
}

// Write takes data from the command.
func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	o.n += int64(len(p))
	if o.tee != nil {
		o.tee.Write(p)
	}
	if o.buf == nil {
		o.buf = make([]byte, 0, bufferSize)
	}
	if len(o.buf)+len(p) <= bufferSize {
		o.buf = append(o.buf, p...)
		return len(p), nil
	}
	if err := o.flush(); err != nil {
		return 0, err
	}
	if len(p) > bufferSize/2 {
		return len(p), o.direct(p)
	}
	o.buf = append(o.buf, p...)
	return len(p), nil
}

// endSet says that a transaction set, or what else a reader can act upon, is complete.
func (o *output) endSet() error {
	if o.err != nil || !o.due(0) {
		return o.err
	}
	return o.show()
}

// endSetOf is endSet for a command that writes all through w.
func (o *output) endSetOf(w *x12.Writer) error {
	if !o.due(w.Offset() - o.n) {
		return nil
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return o.show()
}

// due reports whether the end of a set is to be shown; more bytes wait in front of the output.
func (o *output) due(more int64) bool {
	waiting := int64(len(o.buf)) + more
	return o.live && waiting > 0 && (waiting >= flushBytes || time.Since(o.since) >= flushAfter)
}

func (o *output) show() error {
	err := o.flush()
	o.since = time.Now()
	return err
}

func (o *output) flush() error {
	if o.err == nil && len(o.buf) > 0 {
		o.direct(o.buf)
		o.buf = o.buf[:0]
	}
	return o.err
}

func (o *output) direct(p []byte) error {
	if _, err := o.w.Write(p); err != nil {
		o.err = fmt.Errorf("write %s: %w", o.name(), cause(err))
	}
	return o.err
}

func (o *output) name() string {
	if o.file != nil {
		return o.file.target
	}
	return "<stdout>"
}

// commit puts the file of -o in its place.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	return o.file.commit()
}

// discard removes what -o has written so far.
func (o *output) discard() {
	if o.file != nil {
		o.file.discard()
	}
}

// pending is a file that gets its name only when it is complete.
type pending struct {
	*os.File
	target string
	temp   string // "" for a device or a pipe, which is written as it is
	mode   os.FileMode
	stop   chan os.Signal
}

// createBeside creates a file in the folder of path. What is no regular file there (a device, a pipe) is opened itself.
func createBeside(path string) (f *pending, special bool, err error) {
	p := &pending{target: path}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		p.target = real
	}
	info, err := os.Stat(p.target)
	switch {
	case err == nil && info.IsDir():
		return nil, false, fmt.Errorf("%s is a directory", path)
	case err == nil && !info.Mode().IsRegular():
		p.File, err = os.OpenFile(p.target, os.O_WRONLY, 0)
		return p, true, err
	case err == nil:
		p.mode = info.Mode().Perm()
	}
	base := fmt.Sprintf(".%s.%d", filepath.Base(p.target), os.Getpid())
	for try := range 1000 {
		p.temp = filepath.Join(filepath.Dir(p.target), fmt.Sprintf("%s.%d.tmp", base, try))
		p.File, err = os.OpenFile(p.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !os.IsExist(err) {
			break
		}
	}
	if err != nil {
		return nil, false, fmt.Errorf("write %s: %w", path, cause(err))
	}
	p.removeOnSignal()
	return p, false, nil
}

// removeOnSignal removes the unfinished file when the run is interrupted, and ends the process as the signal would.
func (p *pending) removeOnSignal() {
	stop := make(chan os.Signal, 1)
	p.stop = stop
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() {
		if sig, ok := <-stop; ok {
			os.Remove(p.temp)
			number, _ := sig.(syscall.Signal)
			os.Exit(128 + int(number))
		}
	}()
}

func (p *pending) release() {
	if p.stop != nil {
		signal.Stop(p.stop)
		close(p.stop)
		p.stop = nil
	}
}

func (p *pending) commit() error {
	err := p.Close()
	if p.temp != "" {
		if err == nil && p.mode != 0 {
			err = os.Chmod(p.temp, p.mode)
		}
		if err == nil {
			err = os.Rename(p.temp, p.target)
		}
		if err != nil {
			os.Remove(p.temp)
		}
	}
	p.release()
	if err != nil {
		return fmt.Errorf("write %s: %w", p.target, cause(err))
	}
	return nil
}

func (p *pending) discard() {
	p.Close()
	if p.temp != "" {
		os.Remove(p.temp)
	}
	p.release()
}
