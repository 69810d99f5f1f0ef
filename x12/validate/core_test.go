package validate_test

import (
	"testing"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

func TestCoreSamples(t *testing.T) {
	guides := validate.Pack{Name: "guides", Tables: []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2, ts835.X221A1}}
	ruletest.Samples(t, 2, validate.Core(), guides)
}
