package cli

import (
	_ "embed"

	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// otherRules are the pages of rules that have nothing to do with guides.
//
//go:embed other.rules
var otherRules string

const otherFile = "other.rules"

// packs are the guides that input is checked against, with their rules.
func packs() []validate.Pack {
	return []validate.Pack{
		edi835.Rules(),
		edi837.Rules(),
		edi834.Rules(),
		edi270.Rules(),
		edi271.Rules(),
		{Name: "ack.rules", Tables: []*guide.Table{ts999.X231A1, ts997.X230, ts277ca.X214}, Outside: ack.CheckTA1},
		{Name: otherFile, Text: otherRules},
	}
}
