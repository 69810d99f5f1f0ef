package x12

// masks fills out[0:n] for the n chunks of 64 bytes from p on; see masksGeneric, which does the same in Go.
// The delimiters come repeated in every byte of a word.
//
//go:noescape
func masks(p *byte, n int, es, st, cs, rs uint64, out *chunk)
