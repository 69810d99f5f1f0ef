package ack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// validator checks the guides that acknowledgments are made for, and their own.
func validator(t testing.TB, workers int) *validate.Validator {
	t.Helper()
	v, err := validate.New(validate.Options{Level: 4, Workers: workers, Packs: []validate.Pack{{Name: "tables", Tables: []*guide.Table{
		ts835.X221A1, ts837.X222A1, ts837.X223A2, ts837.X224A2, ts834.X220A1, ts270.X279A1, ts271.X279A1,
		ts999.X231A1, ts997.X230, ts277ca.X214,
	}}}})
	require.NoError(t, err)
	return v
}

// all are the kinds of answers, with those of 277CA that do not depend on a 999.
var kinds = map[string]ack.Kind{"ta1": ack.KindTA1, "999": ack.Kind999, "997": ack.Kind997, "277ca": ack.Kind277CA}

var noon = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)

// answer returns the acknowledgments of a stream.
func answer(t testing.TB, v *validate.Validator, src []byte, o ack.WriteOptions) (string, ack.WriteStats) {
	t.Helper()
	var out bytes.Buffer
	if o.Now.IsZero() {
		o.Now = noon
	}
	w := ack.NewWriter(&out, o)
	err := v.Run(bytes.NewReader(src), w.Watch, nil)
	if err != nil {
		var fault *x12.Issue
		require.ErrorAs(t, err, &fault)
	}
	require.NoError(t, w.Close())
	return out.String(), w.Stats()
}

// inputs are the files to answer: our own, and those of the corpus where it is here.
func inputs(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	add := func(root string, patterns ...string) {
		for _, p := range patterns {
			list, err := filepath.Glob(filepath.Join(root, p))
			require.NoError(t, err)
			for _, f := range list {
				text, err := os.ReadFile(f)
				require.NoError(t, err)
				name, err := filepath.Rel(root, f)
				require.NoError(t, err)
				files[name] = text
			}
		}
	}
	add("../../testdata", "*/*/*.edi")
	require.Greater(t, len(files), 50)
	if dir := os.Getenv("EDI_CORPUS"); dir != "" {
		add(dir, "*/*.edi")
		require.Greater(t, len(files), 500)
	}
	return files
}

// faultsOf returns what is wrong with an answer at level 2.
func faultsOf(t testing.TB, v *validate.Validator, text string) (list []string) {
	t.Helper()
	if text == "" {
		return nil
	}
	require.NoError(t, v.Run(strings.NewReader(text), nil, func(i *x12.Issue) bool {
		early := i.Rule == codec.RuleGuideVersion && !strings.Contains(text, "005010X230")  // a 997 of versions before 005010 names no guide
		foreign := strings.HasPrefix(i.SegID, "AK2") && i.Element == 1 && len(i.Value) == 3 // what came in a group that it does not belong to
		if i.Severity >= x12.Warning && i.Level <= 2 && !early && !foreign {
			list = append(list, i.Error()+" "+i.Value)
		}
		return true
	}))
	rd := x12.NewReader(strings.NewReader(text))
	for {
		s, err := rd.Read()
		if err != nil {
			return list
		}
		if s.ID == x12.ID("TA1") {
			ack.CheckTA1(s, func(i *x12.Issue) { list = append(list, i.Error()) })
		}
	}
}

// Answers keep to their own guides, whatever they answer.
func TestAnswersAreSound(t *testing.T) {
	v := validator(t, 1)
	written := 0
	for name, src := range inputs(t) {
		for kind, k := range kinds {
			got, stats := answer(t, v, src, ack.WriteOptions{Kinds: k, AlwaysTA1: true, Warnings: len(src)%2 == 0})
			if got == "" {
				require.Zero(t, stats.Answered)
				continue
			}
			written++
			if list := faultsOf(t, v, got); len(list) > 0 {
				t.Errorf("%s of %s:\n%s\n%s", kind, name, strings.Join(list, "\n"), got[:min(len(got), 3000)])
			}
		}
	}
	require.Greater(t, written, 200)
}
