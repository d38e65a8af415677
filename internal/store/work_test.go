package store

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/internal/cells"
	"rollcall/internal/problem"
	"rollcall/internal/sheet"
)

// desk is an open document: its sheet and its work in progress, told of
// everything.
type desk struct {
	sheet *sheet.Sheet
	work  *Work
}

func base() *sheet.Sheet {
	var b cells.Builder
	for i := range 300 {
		b.AppendRow([]string{fmt.Sprint("name ", i), fmt.Sprint(i % 3)})
	}
	return sheet.New(b.Table(), sheet.Options{FirstRow: 1, Columns: 3})
}

const fileText = "the file's bytes"

func newDesk(t testing.TB, s *Store) *desk {
	t.Helper()
	path := filepath.Join(t.TempDir(), "users.CSV")
	if err := os.WriteFile(path, []byte(fileText), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := FingerprintFile(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	o := Origin{Fingerprint: f, Name: "users.CSV", Profile: "acme", Mapping: []byte(`{"m":1}`)}
	w, err := s.NewWork(t.Context(), o, strings.NewReader(fileText))
	if err != nil {
		t.Fatal(err)
	}
	return &desk{base(), w}
}

func (d *desk) edit(text string) {
	d.work.Step(d.sheet.Apply("type "+text, sheet.SetCell{Row: 5, Col: 1, Text: text}))
}

func (d *desk) undo() {
	if _, ok := d.sheet.Undo(); ok {
		d.work.Undo()
	}
}

func (d *desk) redo() {
	if _, ok := d.sheet.Redo(); ok {
		d.work.Redo()
	}
}

// random makes a random action.
func (d *desk) random(rnd *rand.Rand) {
	switch rnd.IntN(6) {
	case 0:
		d.undo()
	case 1:
		d.redo()
	case 2:
		d.work.Step(d.sheet.Apply("insert", sheet.InsertRows{Row: d.sheet.RowAt(rnd.IntN(d.sheet.Len())), N: 1 + rnd.IntN(3)}))
	case 3:
		d.work.Step(d.sheet.Apply("delete", sheet.DeleteRows{Rows: []sheet.RowID{d.sheet.RowAt(rnd.IntN(d.sheet.Len()))}}))
	default:
		d.work.Step(d.sheet.Apply("set", sheet.SetCell{
			Row: d.sheet.RowAt(rnd.IntN(d.sheet.Len())), Col: rnd.IntN(3), Text: fmt.Sprint(rnd.IntN(1000)),
		}))
	}
}

// shows gives the whole sheet and its undo history as text.
func shows(s *sheet.Sheet) string {
	var b strings.Builder
	for r := range s.All() {
		fmt.Fprintf(&b, "%d:%s|%s|%s\n", r, s.Text(r, 0), s.Text(r, 1), s.Text(r, 2))
	}
	done, undone := s.History()
	for _, step := range append(done, undone...) {
		fmt.Fprintln(&b, step.Label, len(step.Cells), step.Inserted, step.Deleted)
	}
	fmt.Fprint(&b, len(done), len(undone))
	return b.String()
}

// crash leaves the work as a killed program does: the lock goes, the files stay.
func (d *desk) crash(t testing.TB) {
	t.Helper()
	if err := d.work.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.work.end()
	d.work.lock.release()
}

func recoverOnly(t testing.TB, s *Store) (*Recovered, *desk, uint64) {
	t.Helper()
	list, err := s.Recoverable(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d to recover, %v", len(list), err)
	}
	r, err := s.Recover(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{base(), r.Work}
	saved, err := r.Replay(d.sheet)
	if err != nil {
		t.Fatal(err)
	}
	return r, d, saved
}

func TestAfterACrashTheSheetIsOfferedAsItWas(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("one")
	d.edit("two")
	d.undo()
	ok(t, d.work.SetMapping(map[string]int{"m": 2}))
	d.crash(t)

	again := open(t, h.Home(), nil)
	list, err := again.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 1)
	want(t, list[0].Edits, 2)
	want(t, list[0].File, FileSame)
	want(t, list[0].Origin.Name, "users.CSV")
	want(t, string(list[0].Origin.Mapping), `{"m":2}`)
	want(t, list[0].When.IsZero(), false)

	r, back, saved := recoverOnly(t, again.Store)
	want(t, shows(back.sheet), shows(d.sheet))
	want(t, r.File, d.work.Origin().Fingerprint)
	want(t, saved, uint64(0))
	want(t, r.Dropped, false)
	want(t, filepath.Base(r.Original), "original.csv")
	data, err := os.ReadFile(r.Original)
	ok(t, err)
	want(t, string(data), fileText)

	back.redo() // it goes on, and survives another crash
	back.edit("three")
	back.crash(t)
	_, third, _ := recoverOnly(t, again.Store)
	want(t, shows(third.sheet), shows(back.sheet))
}

func TestEveryRandomSessionComesBackCompactedOrNot(t *testing.T) {
	for seed := range uint64(25) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		h := open(t, t.TempDir(), nil)
		d := newDesk(t, h.Store)
		var saved uint64
		d.edit("first")
		for n := range 80 {
			d.random(rnd)
			if rnd.IntN(25) == 0 {
				d.work.Saved(Fingerprint{Path: "/elsewhere.csv"})
				saved = d.sheet.State()
			}
			if seed%2 == 0 && n%20 == 19 {
				d.work.Compact(d.sheet)
			}
		}
		dirty := d.sheet.State() != saved
		want(t, d.work.Dirty(), dirty)
		d.crash(t)
		if !dirty {
			list, err := h.Recoverable(t.Context())
			ok(t, err)
			want(t, len(list), 0)
			continue
		}
		_, back, backSaved := recoverOnly(t, h.Store)
		want(t, shows(back.sheet), shows(d.sheet))
		want(t, back.sheet.State() != backSaved, true)
		for d.sheet.CanUndo() { // the place that is saved is the same one
			d.undo()
			back.undo()
			want(t, back.sheet.State() == backSaved, d.sheet.State() == saved)
		}
		want(t, back.work.Dirty(), back.sheet.State() != backSaved)
	}
}

func TestWhatIsSavedIsNotOfferedAgain(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("one")
	d.work.Saved(d.work.Origin().Fingerprint)
	want(t, d.work.Dirty(), false)
	d.crash(t)
	list, err := h.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 0)
	left, err := os.ReadDir(h.path("work"))
	ok(t, err)
	want(t, len(left), 1) // the lock of the folder
}

func TestEditsAfterASaveAreOfferedAndUndoLeadsBackToTheSavedSheet(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("one")
	d.work.Saved(d.work.Origin().Fingerprint)
	d.edit("two")
	d.crash(t)
	_, back, saved := recoverOnly(t, h.Store)
	if back.sheet.State() == saved {
		t.Fatal("shown as saved")
	}
	back.undo()
	want(t, back.sheet.State(), saved)
	want(t, back.sheet.Text(5, 1), "one")
	back.undo()
	back.edit("other") // no undo leads to what is in the file now
	back.work.Compact(back.sheet)
	back.crash(t)
	_, _, saved = recoverOnly(t, h.Store)
	want(t, saved, uint64(math.MaxUint64))
}

func TestTheFileIsKnownAsItWasLastSaved(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	path := d.work.Origin().Path
	d.edit("one")
	ok(t, os.WriteFile(path, []byte("saved by Rollcall"), 0o600))
	saved, err := FingerprintFile(t.Context(), path)
	ok(t, err)
	d.work.Saved(saved)
	d.edit("two")
	d.work.Compact(d.sheet)
	d.crash(t)
	list, err := h.Recoverable(t.Context())
	ok(t, err)
	want(t, list[0].File, FileSame)
	r, _, _ := recoverOnly(t, h.Store)
	want(t, r.File, saved)
}

func TestTheFilesTimeIsFoundWhereTheFileIsStillTheSame(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	path := filepath.Join(t.TempDir(), "a.csv")
	ok(t, os.WriteFile(path, []byte("bytes"), 0o600))
	now, err := FingerprintFile(t.Context(), path)
	ok(t, err)
	o := Origin{Fingerprint: Fingerprint{Path: path}}
	same, err := h.NewWork(t.Context(), o, strings.NewReader("bytes"))
	ok(t, err)
	want(t, same.Origin().Fingerprint, now)
	other, err := h.NewWork(t.Context(), o, strings.NewReader("Bytes"))
	ok(t, err)
	want(t, other.Origin().ModTime.IsZero(), true)
}

func TestClosingKeepsUnsavedWorkAndRemovesTheRest(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	untouched, unsaved, discarded := newDesk(t, h.Store), newDesk(t, h.Store), newDesk(t, h.Store)
	unsaved.edit("x")
	discarded.edit("y")
	ok(t, untouched.work.Close(t.Context()))
	ok(t, discarded.work.Discard())
	ok(t, h.Close())
	list, err := h.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 1)
	want(t, list[0].ID, unsaved.work.ID())
	ok(t, h.Forget(t.Context(), unsaved.work.ID()))
	ok(t, h.Forget(t.Context(), unsaved.work.ID()))
	list, err = h.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 0)
}

func TestWorkThatAnotherProgramHasOpenIsItsAlone(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("x")
	ok(t, d.work.Flush(t.Context()))
	other := open(t, h.Home(), nil)
	list, err := other.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 0)
	_, err = other.Recover(t.Context(), d.work.ID())
	want(t, errors.Is(err, ErrBusy), true)
	want(t, problem.Sentence(err), "These unsaved changes are open in another window of Rollcall.")
	second := newDesk(t, other.Store) // the same file may be opened there
	second.edit("y")
	d.crash(t)
	list, err = other.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 1)
	want(t, list[0].ID, d.work.ID())
}

func TestTheFileIsLookedAt(t *testing.T) {
	for change, state := range map[string]FileState{"same": FileSame, "touched": FileSame, "edited": FileChanged, "longer": FileChanged, "gone": FileMissing} {
		h := open(t, t.TempDir(), nil)
		d := newDesk(t, h.Store)
		d.edit("x")
		path := d.work.Origin().Path
		d.crash(t)
		switch change {
		case "touched":
			ok(t, os.Chtimes(path, h.now(), h.now().Add(1e9)))
		case "edited":
			ok(t, os.WriteFile(path, []byte(strings.ToUpper(fileText)), 0o600))
			ok(t, os.Chtimes(path, h.now(), h.now().Add(1e9)))
		case "longer":
			ok(t, os.WriteFile(path, []byte(fileText+"."), 0o600))
		case "gone":
			ok(t, os.Remove(path))
		}
		list, err := h.Recoverable(t.Context())
		ok(t, err)
		want(t, list[0].File, state)
	}
}

func TestATornEndIsDroppedAndKeptBeside(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("one")
	ok(t, d.work.Flush(t.Context()))
	was := shows(d.sheet)
	d.edit("two")
	d.crash(t)
	path := filepath.Join(d.work.dir, journalName)
	data, err := os.ReadFile(path)
	ok(t, err)
	ok(t, os.WriteFile(path, data[:len(data)-3], 0o600))
	r, back, _ := recoverOnly(t, h.Store)
	want(t, r.Dropped, true)
	want(t, shows(back.sheet), was)
	kept, err := os.ReadFile(path + ".bad")
	ok(t, err)
	want(t, len(kept), len(data)-3)
	back.edit("three")
	back.crash(t)
	_, third, _ := recoverOnly(t, h.Store)
	want(t, shows(third.sheet), shows(back.sheet))
}

func TestAJournalThatIsNoneIsSetAside(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("x")
	d.crash(t)
	ok(t, os.WriteFile(filepath.Join(d.work.dir, journalName), []byte("no journal"), 0o600))
	_, err := h.Recover(t.Context(), d.work.ID())
	want(t, errors.Is(err, ErrDamaged), true)
	list, err := h.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list), 0)
	want(t, len(h.notices()), 1)
	_, err = os.Stat(d.work.dir + ".bad")
	ok(t, err)
	list, err = h.Recoverable(t.Context())
	ok(t, err)
	want(t, len(list)+len(h.notices()), 1)
}

func TestEditsThatDoNotFitTheFileAreKeptAndTheWorkGoesOn(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.work.Step(d.sheet.Apply("fits", sheet.SetCell{Row: 2, Col: 1, Text: "x"}))
	d.work.Step(d.sheet.Apply("does not", sheet.SetCell{Row: 250, Col: 1, Text: "y"}))
	d.crash(t)
	shorter := func() *sheet.Sheet {
		return sheet.New(cells.Of([]string{"h", "h"}, []string{"name 1", "1"}, []string{"name 2", "2"}), sheet.Options{FirstRow: 1, Columns: 3})
	}
	r, err := h.Recover(t.Context(), d.work.ID())
	ok(t, err)
	sh := shorter()
	_, err = r.Replay(sh)
	want(t, errors.Is(err, sheet.ErrMismatch) && errors.Is(err, ErrPartly), true)
	want(t, sh.UndoLabel(), "fits")
	_, err = os.Stat(filepath.Join(r.Work.dir, journalName+".rest.bad"))
	ok(t, err)
	back := &desk{sh, r.Work}
	back.work.Step(sh.Apply("next", sheet.SetCell{Row: 1, Col: 0, Text: "z"}))
	back.crash(t)
	r, err = h.Recover(t.Context(), d.work.ID())
	ok(t, err)
	again := shorter()
	_, err = r.Replay(again)
	ok(t, err)
	want(t, shows(again), shows(sh))
}

func TestWhatTheDiskRefusesStaysPendingUntilItIsWritten(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	d.edit("one")
	ok(t, d.work.Flush(t.Context()))
	path := filepath.Join(d.work.dir, journalName)
	hidden := path + ".hidden"
	// Writing anew replaces the journal: a folder in its place cannot be.
	ok(t, os.Rename(path, hidden))
	ok(t, os.Mkdir(path, 0o700))
	ok(t, os.WriteFile(filepath.Join(path, "x"), nil, 0o600))
	d.work.Compact(d.sheet)
	d.edit("two")
	err := d.work.Flush(t.Context())
	sentence := "The latest changes are not on disk yet, because it cannot be written. They are kept in memory; save the file somewhere else, or make room."
	want(t, problem.Sentence(err), sentence)
	want(t, d.work.Pending(), true)
	want(t, h.notices(), []string{sentence})
	ok(t, os.RemoveAll(path))
	ok(t, os.Rename(hidden, path))
	for d.work.Pending() { // the retry comes by itself
		if err := d.work.Flush(t.Context()); err != nil {
			d.work.rouse()
		}
	}
	want(t, d.work.Err(), error(nil))
	d.crash(t)
	_, back, _ := recoverOnly(t, h.Store)
	want(t, shows(back.sheet), shows(d.sheet))
}

func TestCompactionMakesALongJournalShort(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	d := newDesk(t, h.Store)
	long := strings.Repeat("long ", 5000)
	for n := range 400 {
		d.edit(long + fmt.Sprint(n))
		d.undo()
	}
	d.edit("last")
	ok(t, d.work.Flush(t.Context()))
	want(t, d.work.WantsCompaction(), true)
	d.work.Compact(d.sheet)
	ok(t, d.work.Flush(t.Context()))
	want(t, d.work.WantsCompaction(), false)
	info, err := os.Stat(filepath.Join(d.work.dir, journalName))
	ok(t, err)
	if info.Size() > 2000 {
		t.Errorf("still %d bytes", info.Size())
	}
	d.crash(t)
	_, back, _ := recoverOnly(t, h.Store)
	want(t, shows(back.sheet), shows(d.sheet))
}

func TestBeginningStopsWhenItIsCancelledAndLeavesNothing(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	_, err := h.NewWork(canceled(t), Origin{}, strings.NewReader("x"))
	want(t, err.Error(), "context canceled")
	dirs, err := fs.Glob(os.DirFS(h.path("work")), "[a-z0-9]*")
	ok(t, err)
	want(t, len(dirs), 0)
}

func BenchmarkEditWithJournal(b *testing.B) {
	s, err := Open(Options{Home: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	d := newDesk(b, s)
	for n := 0; b.Loop(); n++ {
		d.edit(fmt.Sprint(n))
	}
	if err := d.work.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
}
