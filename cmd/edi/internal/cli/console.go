package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// console is stderr: lines of text, and below them one line of progress that is drawn over again.
type console struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	drawn    bool // a progress line stands there
}

func newConsole(w io.Writer) *console {
	c := &console{w: w}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		c.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return c
}

// write writes whole lines. That stderr cannot be written is nothing a run should fail for.
func (c *console) write(lines string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
	io.WriteString(c.w, lines)
}

func (c *console) printf(format string, args ...any) {
	c.write(fmt.Sprintf(format, args...) + "\n")
}

func (c *console) clear() {
	if c.drawn {
		io.WriteString(c.w, "\r\x1b[K")
		c.drawn = false
	}
}

func (c *console) draw(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drawn = true
	io.WriteString(c.w, "\r\x1b[K"+line)
}

func (c *console) endProgress() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
}

// The progress line appears when a run has taken progressAfter and is drawn again every progressEvery.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

// progress draws how far the input is read. It works inside the reads of the input, so it needs no goroutine and its
// figures need no lock. A nil progress does nothing.
type progress struct {
	console *console
	in      *input
	sets    func() int64 // may be nil
	now     func() time.Time
	start   time.Time
	last    time.Time
}

// newProgress returns nil when no progress is wanted or nobody would see it.
func (c *call) newProgress() *progress {
	if !c.opts.progress || !c.console.terminal {
		return nil
	}
	p := &progress{console: c.console, in: c.src, now: time.Now}
	p.start = p.now()
	return p
}

func (p *progress) tick() {
	if p == nil {
		return
	}
	now := p.now()
	if now.Sub(p.start) < progressAfter || now.Sub(p.last) < progressEvery {
		return
	}
	p.last = now
	p.console.draw(p.line(now.Sub(p.start)))
}

// line is "12.3 MB of 100.0 MB  1234 sets  10.2 MB/s  0:09 left". The bytes are those of the files as stored.
func (p *progress) line(run time.Duration) string {
	rate := float64(p.in.raw) / run.Seconds()
	s := megabytes(float64(p.in.raw))
	if p.in.size > 0 {
		s += " of " + megabytes(float64(p.in.size))
	}
	if p.sets != nil {
		s += fmt.Sprintf("  %d sets", p.sets())
	}
	s += "  " + megabytes(rate) + "/s"
	if left := p.in.size - p.in.raw; p.in.size > 0 && left >= 0 && rate > 0 {
		sec := int64(float64(left)/rate + 0.5)
		s += fmt.Sprintf("  %d:%02d left", sec/60, sec%60)
	}
	return s
}

func megabytes(n float64) string { return fmt.Sprintf("%.1f MB", n/1e6) }
