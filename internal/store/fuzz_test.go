package store

import (
	"os"
	"path/filepath"
	"testing"

	"rollcall/internal/keychain"
	"rollcall/internal/sheet"
)

// FuzzJournalFile reads a journal file of any content, with the bytes as a file
// and as the note of a good record.
func FuzzJournalFile(f *testing.F) {
	s, err := Open(Options{Home: f.TempDir()})
	if err != nil {
		f.Fatal(err)
	}
	d := newDesk(f, s)
	d.edit("x")
	d.work.Saved(Fingerprint{})
	d.undo()
	d.work.Compact(d.sheet)
	d.crash(f)
	good, err := os.ReadFile(filepath.Join(d.work.dir, journalName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good, false)
	f.Add([]byte(`{"kind":"origin","origin":{"path":"/a.csv"}}`), true)
	f.Add([]byte(`{"kind":"saved"}`), true)
	f.Add([]byte(`{"kind":"mapping","data":[1]}`), true)
	f.Fuzz(func(t *testing.T, data []byte, asNote bool) {
		if asNote {
			data = (&sheet.Entry{Kind: sheet.EntryNote, Note: data}).AppendTo(nil)
		}
		s, err := Open(Options{Home: t.TempDir()})
		ok(t, err)
		dir := s.path("work", "fuzzed")
		ok(t, os.Mkdir(dir, 0o700))
		ok(t, os.WriteFile(filepath.Join(dir, journalName), data, 0o600))
		list, err := s.Recoverable(t.Context())
		ok(t, err)
		for _, r := range list {
			back, err := s.Recover(t.Context(), r.ID)
			ok(t, err)
			sh := base()
			_, _ = back.Replay(sh) // what does not fit is said; what follows must go on
			d := &desk{sh, back.Work}
			d.edit("after")
			d.crash(t)
			again, err := s.Recover(t.Context(), r.ID)
			ok(t, err)
			sh = base()
			_, err = again.Replay(sh)
			ok(t, err)
			want(t, shows(sh), shows(d.sheet))
			ok(t, again.Work.Discard())
		}
	})
}

// FuzzCopyFile opens a copy of any content.
func FuzzCopyFile(f *testing.F) {
	keys := new(keychain.Session)
	s, err := Open(Options{Home: f.TempDir(), Keychain: keys})
	if err != nil {
		f.Fatal(err)
	}
	if _, err := s.SaveDirectory(f.Context(), "acme", someDirectory(3)); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(s.copyPath("acme"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(copyMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Open(Options{Home: t.TempDir(), Keychain: keys})
		ok(t, err)
		ok(t, os.WriteFile(s.copyPath("acme"), data, 0o600))
		s.DirectoryInfo("acme")
		if _, err := s.LoadDirectory(t.Context(), "acme"); err == nil && string(data) != string(good) {
			t.Fatal("a copy that was not written here was opened")
		}
	})
}
