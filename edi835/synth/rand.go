package synth

// rng is splitmix64. It is written out here, not taken from math/rand, so that
// the bytes for a seed can never change with the Go release.
type rng uint64

const golden = 0x9E3779B97F4A7C15

// mix is the finalizer of splitmix64: a bijection whose output bits all depend
// on all input bits. It derives stream keys from a seed and an ordinal.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	x *= 0x94D049BB133111EB
	return x ^ x>>31
}

// derive returns the key of the n-th stream below key.
func derive(key, n uint64) uint64 {
	return mix(key + (n+1)*golden)
}

func (r *rng) next() uint64 {
	*r += golden
	return mix(uint64(*r))
}

// below returns a number in [0, n). The bias of the multiply is under n/2^32,
// far less than the shares in this package are meant to be exact.
func (r *rng) below(n int64) int64 {
	return int64((r.next() >> 32) * uint64(n) >> 32)
}

// between returns a number in [lo, hi].
func (r *rng) between(lo, hi int64) int64 {
	return lo + r.below(hi-lo+1)
}

// chance reports true n times out of a thousand.
func (r *rng) chance(n int64) bool {
	return r.below(1000) < n
}
