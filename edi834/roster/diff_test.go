package roster

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "write the expected results")

// wrap makes an 834 of the members of a case. Its first line says what the file is: action and date, and by key=value
// purpose, reference, original, sponsor, policy, total.
func wrap(text string) string {
	first, members, _ := strings.Cut(text, "\n")
	words := strings.Fields(first)
	v := map[string]string{"purpose": "00", "reference": "R" + words[1], "sponsor": "990000001"}
	for _, w := range words[2:] {
		key, value, _ := strings.Cut(w, "=")
		v[key] = value
	}
	var b strings.Builder
	b.WriteString("ISA*00*          *00*          *ZZ*EXAMPLECORP    *ZZ*ACMEHEALTH     *260105*0930*^*00501*000000303*0*T*:~\n")
	b.WriteString("GS*BE*EXAMPLECORP*ACMEHEALTH*20260105*0930*303*X*005010X220A1~\nST*834*0001*005010X220A1~\n")
	fmt.Fprintf(&b, "BGN*%s*%s*%s*0930**%s**%s~\n", v["purpose"], v["reference"], words[1], v["original"], words[0])
	if v["policy"] != "" {
		fmt.Fprintf(&b, "REF*38*%s~\n", v["policy"])
	}
	if v["total"] != "" {
		fmt.Fprintf(&b, "QTY*TO*%s~\n", v["total"])
	}
	fmt.Fprintf(&b, "N1*P5*EXAMPLE CORP*FI*%s~\nN1*IN*ACME HEALTH PLAN*FI*987654321~\n", v["sponsor"])
	b.WriteString(members)
	fmt.Fprintf(&b, "SE*%d*0001~\nGE*1*303~\nIEA*1*000000303~\n", strings.Count(b.String(), "\n")-1)
	return b.String()
}

func sourceOf(t testing.TB, text string) *Reader {
	return NewReader(strings.NewReader(text), codec.WithSink(func(i *x12.Issue) bool {
		if i.Severity >= x12.Error {
			t.Errorf("the case has a fault: %v", i)
		}
		return true
	}))
}

// optionsOf reads the comment of a case: the options, one a line, behind what it shows.
func optionsOf(t *testing.T, comment string) (o Options) {
	for line := range strings.Lines(comment) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		switch key {
		case "absent":
			o.Absent = map[string]Absent{"terminate": AbsentTerminate, "report": AbsentReport}[value]
		case "max":
			n, err := strconv.ParseFloat(value, 64)
			require.NoError(t, err)
			o.MaxEnded, o.MinEnded = n, -1
		case "force":
			o.Force = true
		case "totals":
			o.IgnoreTotals = true
		case "id":
			f, ok := FieldNamed(value)
			require.True(t, ok)
			o.IDs = append(o.IDs, f)
		default:
			t.Fatalf("no option %q", key)
		}
	}
	return o
}

// TestDiff runs the cases of testdata/diff: an old file, one or more new ones applied one after the other, and the changes.
func TestDiff(t *testing.T) {
	files, err := filepath.Glob("testdata/diff/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			require.NoError(t, err)
			got := diffCase(t, a)
			if want := &a.Files[len(a.Files)-1]; *update {
				want.Data = []byte(got)
				require.NoError(t, os.WriteFile(name, txtar.Format(a), 0o666))
			} else {
				require.Equal(t, string(want.Data), got)
			}
		})
	}
}

func diffCase(t *testing.T, a *txtar.Archive) string {
	o := optionsOf(t, string(a.Comment))
	o.TempDir = t.TempDir()
	var found bytes.Buffer
	o.Sink = func(i *x12.Issue) bool {
		fmt.Fprintf(&found, "finding: %s [%s]\n", i.Message, i.Rule)
		return true
	}
	s, err := NewState(o)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.Load(sourceOf(t, wrap(string(a.Files[0].Data)))))
	for _, f := range a.Files[1 : len(a.Files)-1] {
		var list bytes.Buffer
		w := NewListWriter(&list, ListOptions{})
		sum, err := s.Apply(sourceOf(t, wrap(string(f.Data))), w.Add)
		var refusal *Refusal
		if errors.As(err, &refusal) {
			fmt.Fprintf(&found, "refused: %s\n", refusal.Message)
			break
		}
		require.NoError(t, err)
		require.NoError(t, w.End(sum))
		found.Write(list.Bytes())
	}
	return found.String()
}
