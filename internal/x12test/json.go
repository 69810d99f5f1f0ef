package x12test

import (
	"encoding/json"
	"fmt"

	"github.com/x12-go/edi/x12/codec"
)

// ThroughJSON returns what is read from the JSON that v is written as.
func ThroughJSON[T any, P interface {
	*T
	AppendJSON([]byte) []byte
}](v P) (P, error) {
	text := v.AppendJSON(nil)
	if !json.Valid(text) {
		return nil, fmt.Errorf("not JSON: %s", text)
	}
	back := P(new(T))
	if err := codec.Unmarshal(text, back); err != nil {
		return nil, fmt.Errorf("%w: %s", err, text)
	}
	return back, nil
}
