package edi834

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNumbers holds the set against a map, below and above the size at which it becomes a filter, and in parts.
func TestNumbers(t *testing.T) {
	for _, count := range []int{10, mostExact + 10_000} {
		var whole, left, right numbers
		for i := range count {
			h := hash([]byte("SLH" + strconv.Itoa(i)))
			whole.add(h)
			if i%2 == 0 {
				left.add(h)
			} else {
				right.add(h)
			}
		}
		left.join(&right)
		wrong := 0
		for i := range count {
			h := hash([]byte("SLH" + strconv.Itoa(i)))
			require.True(t, whole.has(h))
			require.True(t, left.has(h))
			if whole.has(hash([]byte("OTHER" + strconv.Itoa(i)))) {
				wrong++
			}
		}
		require.LessOrEqual(t, wrong, count/1000)
		require.LessOrEqual(t, len(whole.exact), mostExact)
	}
}
