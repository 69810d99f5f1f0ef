package validate

import (
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

// Lists are external code lists by name; nil is the built-in snapshot.
type Lists = *codes.Set

// codeChecks are the external codes of a guide.
type codeChecks struct{}

// codeChecks finds the elements of a guide that hold codes of external lists, and marks their slots.
func (v *Validator) codeChecks(t *guide.Table, slots []slotInfo) *codeChecks { return &codeChecks{} }

// segment checks the codes of a segment of the current tape.
func (c *codeChecks) segment(w *tester, i int) {}
