package validate

import (
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// Overlay is what a partner asks beyond a guide.
type Overlay struct{}

func (v *Validator) choose() func(codec.Env, *guide.Table) *guide.Table { return nil }
