package ts997_test

import (
	"strings"
	"testing"

	"github.com/x12-go/edi/internal/x12test"
)

// FuzzDecode reads anything: what can be read comes out again, all of it.
func FuzzDecode(f *testing.F) {
	for _, src := range pkg().Samples(f, "valid", "odd") {
		if len(src) < 8<<10 {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 64<<10 || !x12test.Readable(src) {
			return
		}
		// A set whose ST02 cannot be written is refused, as it should be.
		if fault := pkg().Lossless(src); fault != "" && !strings.HasPrefix(fault, "error: x12: ST") {
			t.Fatal(fault)
		}
	})
}
