package bench

import (
	"testing"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/codec"
)

type domainFormat struct{ base }

func (domainFormat) Worker() codec.Worker {
	return &claimWorker{dec: ts835.NewDecoder(false), take: func(_ any, _ *codec.Tape, v *ts835.ClaimPayment, _ any, out [][]byte) {
		out[0] = append(edi835.ClaimFromWire(v).AppendJSON(out[0]), '\n')
	}}
}

// BenchmarkDomainJSON maps claims to the domain and writes them as JSON, checks off.
func BenchmarkDomainJSON(b *testing.B) {
	each(b, func(b *testing.B, data []byte) { process(b, data, &domainFormat{}, 1) })
}
