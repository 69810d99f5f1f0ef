package invent

import (
	"errors"
	"fmt"
)

// Bounds are what the options of all writers have in common: how much is to be
// made, and with which delimiters.
type Bounds struct {
	Claims, Size, PerSet int64
	Delimiters           string
}

// Check tells what is wrong with b. Delimiters are four different ASCII
// characters of which none may stand in data; the empty string is good too.
func (b Bounds) Check() error {
	switch {
	case b.Claims < 0 || b.Size < 0 || b.PerSet < 0:
		return errors.New("negative count")
	case b.Claims == 0 && b.Size == 0:
		return errors.New("neither a number of claims nor a size")
	case b.Claims > 0 && b.Size > 0:
		return errors.New("both a number of claims and a size")
	}
	d := b.Delimiters
	if d == "" {
		return nil
	}
	if len(d) != 4 {
		return fmt.Errorf("%d delimiters, want 4", len(d))
	}
	for i := range len(d) {
		c := d[i]
		data := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == ' ' || c == '-' || c == '.'
		if data || c == 0 || c >= 0x7F {
			return fmt.Errorf("delimiter %q may stand in data", c)
		}
		for j := range i {
			if d[j] == c {
				return fmt.Errorf("delimiter %q twice", c)
			}
		}
	}
	return nil
}
