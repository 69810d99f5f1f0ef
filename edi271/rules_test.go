package edi271_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi271/synth"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

func TestRules(t *testing.T)         { ruletest.Samples(t, 0, edi271.Rules()) }
func TestRulesValid(t *testing.T)    { ruletest.Valid(t, "271", edi271.Rules()) }
func TestRulesOfficial(t *testing.T) { ruletest.Official(t, "271", edi271.Rules()) }

func FuzzRules(f *testing.F) { ruletest.Fuzz(f, "271", edi271.Rules()) }

// TestRulesSynthetic takes generated files, which are good.
func TestRulesSynthetic(t *testing.T) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Answers: 2000, Seed: 7})
	require.NoError(t, err)
	v, err := validate.New(validate.Options{Level: 4, Packs: []validate.Pack{edi271.Rules()}})
	require.NoError(t, err)
	for _, f := range ruletest.Run(t, v, b.Bytes()) {
		require.Less(t, f.Severity, x12.Warning, f.Error())
	}
}
