package x12_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/x12-go/edi/x12"
)

func TestSeverity(t *testing.T) {
	for s, text := range map[x12.Severity]string{x12.Info: "info", x12.Warning: "warning", x12.Error: "error", x12.Fatal: "fatal"} {
		assert.Equal(t, text, s.String())
		got, ok := x12.ParseSeverity(text)
		assert.True(t, ok)
		assert.Equal(t, s, got)
	}
	assert.Equal(t, "severity(0)", x12.Severity(0).String())
	_, ok := x12.ParseSeverity("severity(0)")
	assert.False(t, ok)
}

func TestIssueText(t *testing.T) {
	i := &x12.Issue{Offset: 1482, Set: "0001", Loop: "2000[1]/2100[17]", SegID: "SVC", Element: 1, Component: 2, Repeat: 3, Value: "SECRET",
		Rule: "element/too-long", Severity: x12.Error, Message: "7 characters: expected at most 5", Err: x12.ErrLimit}
	assert.Equal(t, "2000[1]/2100[17]/SVC.01-2^3", i.Path())
	assert.Equal(t, "x12: set 0001 2000[1]/2100[17]/SVC.01-2^3 @1482: error: 7 characters: expected at most 5 [element/too-long]", i.Error())
	assert.ErrorIs(t, i, x12.ErrLimit)
	assert.Equal(t, "x12: @0: warning: odd", (&x12.Issue{Severity: x12.Warning, Message: "odd"}).Error())
	assert.Equal(t, "LX", (&x12.Issue{SegID: "LX"}).Path())
	assert.Len(t, x12.Clip([]byte(strings.Repeat("X", 100))), 64)
}

func TestIssues(t *testing.T) {
	l := x12.Issues{Max: 2}
	assert.NoError(t, l.Err())
	assert.Equal(t, "x12: no findings", l.Error())
	assert.True(t, l.Add(&x12.Issue{Severity: x12.Warning, Message: "odd"}))
	assert.NoError(t, l.Err())
	assert.Equal(t, "x12: @0: warning: odd", l.Error())
	first := &x12.Issue{Severity: x12.Error, Message: "wrong", Offset: 7}
	for range 3 {
		assert.True(t, l.Add(first))
	}
	assert.Len(t, l.List, 2, "the others are counted only")
	assert.Equal(t, [5]int{x12.Warning: 1, x12.Error: 3}, l.Counts)
	assert.Equal(t, "x12: @7: error: wrong (and 3 others)", l.Err().Error())
	var all *x12.Issues
	assert.True(t, errors.As(l.Err(), &all))
}
