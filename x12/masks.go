package x12

import "encoding/binary"

// chunk says of 64 bytes, bit i for byte i, what they are.
type chunk struct {
	delim uint64 // element separator or terminator
	term  uint64 // terminator
	sub   uint64 // component or repetition separator
	high  uint64 // not ASCII
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// zeroBytes has the high bit set in exactly those bytes of w that are zero.
func zeroBytes(w uint64) uint64 { return ^(((w &^ highs) + ^uint64(highs)) | w | ^uint64(highs)) }

// gather makes one bit a byte of the high bits of w.
func gather(w uint64) uint64 { return (w & highs >> 7) * 0x0102040810204080 >> 56 }

// masksGeneric computes the chunks of buf, whose length is a multiple of 64, eight bytes a step.
func masksGeneric(buf []byte, es, st, cs, rs uint64, out []chunk) {
	for i := range out {
		var c chunk
		for j := range 8 {
			w := binary.LittleEndian.Uint64(buf[64*i+8*j:])
			y := zeroBytes(w ^ st)
			c.delim |= gather(zeroBytes(w^es)|y) << (8 * j)
			c.term |= gather(y) << (8 * j)
			c.sub |= gather(zeroBytes(w^cs)|zeroBytes(w^rs)) << (8 * j)
			c.high |= gather(w) << (8 * j)
		}
		out[i] = c
	}
}
