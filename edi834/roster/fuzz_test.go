package roster

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzCSV reads rosters of all profiles: what is read and written again is read the same.
func FuzzCSV(f *testing.F) {
	for _, name := range Profiles() {
		text, err := os.ReadFile("testdata/profiles/" + name + ".csv")
		require.NoError(f, err)
		f.Add(name, string(text))
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		p, err := ProfileNamed(name)
		if err != nil {
			return
		}
		s, err := NewState(Options{Force: true})
		require.NoError(t, err)
		defer s.Close()
		r, err := NewCSVReader(strings.NewReader(text), p, nil, nil)
		if err != nil {
			return
		}
		require.NoError(t, s.Load(r))
		once := rosterOf(t, s, p, WriteOptions{All: true})
		again, err := NewCSVReader(strings.NewReader(once), p, nil, nil)
		require.NoError(t, err)
		for {
			if _, _, err := again.Next(); err != nil {
				require.Equal(t, io.EOF, err)
				break
			}
		}
	})
}

// FuzzSnapshot reads snapshots: one that is read is written and read again the same.
func FuzzSnapshot(f *testing.F) {
	f.Add("{\"snapshot\":1,\"applied\":[\"a\"]}\n{\"head\":{\"action\":\"RX\"}}\n{\"member\":{\"subscriber_id\":\"M\",\"last\":\"X\"},\"coverages\":[{\"line\":\"HLT\"}]}\n")
	f.Fuzz(func(t *testing.T, text string) {
		load := func(text string) *State {
			r, err := NewSnapshotReader(strings.NewReader(text))
			if err != nil {
				return nil
			}
			s, err := NewState(Options{Force: true})
			require.NoError(t, err)
			if s.Load(r) != nil {
				s.Close()
				return nil
			}
			return s
		}
		s := load(text)
		if s == nil {
			return
		}
		defer s.Close()
		var one, two bytes.Buffer
		require.NoError(t, s.WriteSnapshot(&one))
		again := load(one.String())
		require.NotNil(t, again)
		defer again.Close()
		require.NoError(t, again.WriteSnapshot(&two))
		require.Equal(t, one.String(), two.String())
	})
}

// FuzzProfile reads texts of profiles.
func FuzzProfile(f *testing.F) {
	for _, name := range Profiles() {
		text, err := os.ReadFile("profiles/" + name + ".profile")
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := ReadProfile(strings.NewReader(text)); err == nil {
			require.NotEmpty(t, p.columns)
		} else {
			require.ErrorIs(t, err, ErrProfile)
		}
	})
}

// FuzzStored decodes what is no stored member.
func FuzzStored(f *testing.F) {
	_, list := population(f, 3, 1)
	for _, m := range list {
		f.Add(string(appendMember(nil, m, nil)))
	}
	f.Fuzz(func(t *testing.T, text string) {
		var m Member
		if decodeMember(&m, text) == nil {
			var n Member
			require.NoError(t, decodeMember(&n, string(appendMember(nil, &m, nil))))
			require.Equal(t, m.v, n.v)
			require.Equal(t, m.Coverages, n.Coverages)
		}
	})
}
