package x12test

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Rewrite reads a stream through the structs and writes it with its own envelopes.
func (p *Package) Rewrite(src []byte, opts ...codec.Option) ([]byte, error) {
	var out bytes.Buffer
	w := x12.NewWriter(&out)
	r := p.Read(src, opts...)
	var inter *x12.Interchange
	var group *x12.Group
	for {
		kind, env, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if kind == codec.Begin {
			if env.Interchange != inter {
				if inter != nil {
					if err := w.EndGroup(); err != nil {
						return nil, err
					}
					if err := w.EndInterchange(); err != nil {
						return nil, err
					}
				}
				inter, group = env.Interchange, nil
				if err := w.BeginInterchange(inter); err != nil {
					return nil, err
				}
			}
			if env.Group != group {
				if group != nil {
					if err := w.EndGroup(); err != nil {
						return nil, err
					}
				}
				group = env.Group
				if err := w.BeginGroup(group); err != nil {
					return nil, err
				}
			}
			r.To(w)
		}
		if err := r.Write(); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// rewriteSets reads a stream through the structs and writes each set into an interchange with the delimiters of its own.
func (p *Package) rewriteSets(src []byte, opts ...codec.Option) (out []Body, err error) {
	r := p.Read(src, opts...)
	var w *x12.Writer
	var buf bytes.Buffer
	for {
		kind, env, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		if kind == codec.Begin {
			buf.Reset()
			w = x12.NewWriter(&buf)
			isa := [16]string{"00", "", "00", "", "ZZ", "S", "ZZ", "R", "260101", "1200", "^", "00501", "000000001", "0", "T", ":"}
			if env.Interchange.Delims.Repetition == 0 {
				isa[10], isa[11] = "U", "00401"
			}
			inter := x12.Interchange{Seq: 1, ISA: isa, Delims: env.Interchange.Delims}
			group := x12.Group{Seq: 1, GS: [8]string{p.GS, "S", "R", "20260101", "1200", "1", "X", env.Guide}}
			if err := w.BeginInterchange(&inter); err != nil {
				return out, fmt.Errorf("interchange: %w", err)
			}
			if err := w.BeginGroup(&group); err != nil {
				return out, fmt.Errorf("group: %w", err)
			}
			r.To(w)
		}
		if err := r.Write(); err != nil {
			return out, err
		}
		if kind == codec.End {
			if err := w.Close(); err != nil {
				return out, err
			}
			out = append(out, Bodies(buf.Bytes(), p.Set)...)
		}
	}
}

// Lossless compares the sets of a stream with what comes out when they are read and written again; it returns "" when
// nothing is lost.
func (p *Package) Lossless(src []byte, opts ...codec.Option) string {
	want := Bodies(src, p.Set)
	got, err := p.rewriteSets(src, opts...)
	if err != nil {
		return "error: " + err.Error()
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%d sets instead of %d", len(got), len(want))
	}
	for i, b := range want {
		a := got[i]
		if a.Control != b.Control {
			return fmt.Sprintf("set %d: control number %q became %q", i+1, b.Control, a.Control)
		}
		if p.Unordered != nil && p.Unordered(b.Segs) {
			slices.Sort(a.Segs)
			slices.Sort(b.Segs)
		}
		for k := range max(len(a.Segs), len(b.Segs)) {
			x, y := "nothing", "nothing"
			if k < len(a.Segs) {
				x = a.Segs[k]
			}
			if k < len(b.Segs) {
				y = b.Segs[k]
			}
			if x != y {
				return fmt.Sprintf("set %d segment %d: %q became %q", i+1, k+2, y, x)
			}
		}
	}
	return ""
}
