//go:build !amd64

package x12

import "unsafe"

func masks(p *byte, n int, es, st, cs, rs uint64, out *chunk) {
	masksGeneric(unsafe.Slice(p, n*64), es, st, cs, rs, unsafe.Slice(out, n))
}
