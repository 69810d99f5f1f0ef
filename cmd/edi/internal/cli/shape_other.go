package cli

import (
	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// outside is the form of a segment that stands outside sets, in a line of its own.
type outside struct {
	member string
	// encode appends the line, or reports false for a segment that it cannot hold.
	encode func(b []byte, env codec.Env, s *x12.Segment) ([]byte, bool)
	decode func(*assembly, *jsonstream.Scanner) error
}

// otherLines writes sets without a shape, and segments outside sets, as lines of the segments layer.
type otherLines struct {
	outside *outside // nil when there is none
	open    bool
	env     codec.Env
	n       int
}

func (o *otherLines) segment(b []byte, env codec.Env, s *x12.Segment) []byte {
	if o.open && env != o.env {
		b = o.end(b)
	}
	if env.Set != nil && s.ID == idSE {
		return o.end(b)
	}
	if o.outside != nil && env.Set == nil {
		if line, ok := o.outside.encode(nil, env, s); ok {
			return append(o.end(b), line...)
		}
	}
	if !o.open {
		b = appendIdentity(b, env.Interchange, env.Group, env.Set)
		b = append(b, `"segments":[`...)
		o.open, o.env, o.n = true, env, 0
	}
	if o.n++; o.n > 1 {
		b = append(b, ',')
	}
	return appendSegment(b, s)
}

func (o *otherLines) end(b []byte) []byte {
	if o.open {
		o.open = false
		b = append(b, "]}\n"...)
	}
	return b
}
