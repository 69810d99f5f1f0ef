package edi834_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi834/synth"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

func TestRules(t *testing.T)         { ruletest.Samples(t, 0, edi834.Rules()) }
func TestRulesValid(t *testing.T)    { ruletest.Valid(t, "834", edi834.Rules()) }
func TestRulesOfficial(t *testing.T) { ruletest.Official(t, "834", edi834.Rules()) }

func FuzzRules(f *testing.F) { ruletest.Fuzz(f, "834", edi834.Rules()) }

// TestRulesSynthetic takes generated files, which are good, and a full file whose subscribers have other numbers than their
// dependents; one worker and several find the same.
func TestRulesSynthetic(t *testing.T) {
	for _, action := range []synth.Action{synth.Verify, synth.Replace, synth.Change} {
		var b bytes.Buffer
		_, err := synth.Write(&b, synth.Options{Action: action, Members: 3000, Seed: 7})
		require.NoError(t, err)
		var before []string
		for _, workers := range []int{1, 4} {
			v, err := validate.New(validate.Options{Level: 4, Packs: []validate.Pack{edi834.Rules()}, Workers: workers})
			require.NoError(t, err)
			for _, f := range ruletest.Run(t, v, b.Bytes()) {
				require.Less(t, f.Severity, x12.Warning, f.Error())
			}
			src := bytes.ReplaceAll(b.Bytes(), []byte("INS*Y*18*"), []byte("INS*Y*19*"))
			lost := bytes.ReplaceAll(src, []byte("INS*Y*"), []byte("INS*N*")) // nobody is a subscriber
			var found []string
			for _, f := range ruletest.Run(t, v, lost) {
				if f.Rule == "834/dependent-subscriber" {
					found = append(found, f.Error())
				}
			}
			require.Equal(t, action == synth.Change, len(found) == 0)
			if workers == 1 {
				before = found
			}
			require.Equal(t, before, found)
		}
	}
}
