package invent

// Rand is splitmix64. It is written out here, not taken from math/rand, so that
// the bytes for a seed can never change with the Go release.
type Rand uint64

const golden = 0x9E3779B97F4A7C15

// Mix is the finalizer of splitmix64: a bijection whose output bits all depend
// on all input bits. It derives stream keys from a seed and an ordinal.
func Mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	x *= 0x94D049BB133111EB
	return x ^ x>>31
}

// Derive returns the key of the n-th stream below key.
func Derive(key, n uint64) uint64 {
	return Mix(key + (n+1)*golden)
}

// Stream returns the n-th stream below key.
func Stream(key, n uint64) Rand { return Rand(Derive(key, n)) }

// Next returns the next 64 bits.
func (r *Rand) Next() uint64 {
	*r += golden
	return Mix(uint64(*r))
}

// Below returns a number in [0, n). The bias of the multiply is under n/2^32,
// far less than any share is meant to be exact.
func (r *Rand) Below(n int64) int64 {
	return int64((r.Next() >> 32) * uint64(n) >> 32)
}

// Between returns a number in [lo, hi].
func (r *Rand) Between(lo, hi int64) int64 {
	return lo + r.Below(hi-lo+1)
}

// Chance reports true n times out of a thousand.
func (r *Rand) Chance(n int64) bool {
	return r.Below(1000) < n
}

// Pick draws one of list.
func Pick[T any](r *Rand, list []T) *T {
	return &list[r.Below(int64(len(list)))]
}
