package sheet_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"rollcall/internal/sheet"
)

// history shows what undo and redo would do.
func history(s *sheet.Sheet) any {
	done, undone := s.History()
	var labels [2][]string
	for _, step := range done {
		labels[0] = append(labels[0], step.Label)
	}
	for _, step := range undone {
		labels[1] = append(labels[1], step.Label)
	}
	return labels
}

func replay(t *testing.T, s *sheet.Sheet, journal []byte) int {
	t.Helper()
	good, err := sheet.ReadJournal(journal, s.ReplayEntry)
	if err != nil {
		t.Fatal(err)
	}
	return good
}

// session edits a sheet at random and keeps its journal.
func session(s *sheet.Sheet, rnd *rand.Rand, actions int) []byte {
	var journal []byte
	for range actions {
		e := sheet.Entry{Kind: sheet.EntryStep}
		var ok bool
		switch rnd.IntN(5) {
		case 0:
			e.Kind = sheet.EntryUndo
			_, ok = s.Undo()
		case 1:
			e.Kind = sheet.EntryRedo
			_, ok = s.Redo()
		default:
			e.Step = change(s, rnd)
			ok = !e.Step.Empty()
		}
		if ok {
			journal = e.AppendTo(journal)
		}
	}
	return journal
}

func TestReplayingTheJournalGivesTheSameSheetAndHistory(t *testing.T) {
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		n := 1 + rnd.IntN(700)
		s, again := numbers(n), numbers(n)
		journal := session(s, rnd, 60)
		want(t, replay(t, again, journal), len(journal))
		want(t, content(again), content(s))
		want(t, history(again), history(s))
		want(t, again.Changes(), s.Changes())
		model := model{s: again}
		model.check(t)
	}
}

func TestACompactedJournalGivesTheSameAndGoesOn(t *testing.T) {
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		n := 1 + rnd.IntN(300)
		s, again := numbers(n), numbers(n)
		session(s, rnd, 60)
		var journal []byte
		for _, e := range s.Journal() {
			journal = e.AppendTo(journal)
		}
		journal = append(journal, session(s, rnd, 30)...)
		want(t, replay(t, again, journal), len(journal))
		want(t, content(again), content(s))
		want(t, history(again), history(s))
		for s.CanUndo() {
			s.Undo()
			again.Undo()
			want(t, content(again), content(s))
		}
	}
}

func TestATornLastRecordIsDropped(t *testing.T) {
	s := people()
	one := s.Apply("one", sheet.SetCell{Row: 1, Col: 0, Text: "Ada L."})
	two := s.Apply("two", sheet.InsertRows{Row: 2, Texts: [][]string{{"Bob"}}})
	whole := (&sheet.Entry{Kind: sheet.EntryStep, Step: one}).AppendTo(nil)
	first := len(whole)
	whole = (&sheet.Entry{Kind: sheet.EntryStep, Step: two}).AppendTo(whole)
	for cut := first; cut < len(whole); cut++ {
		again := people()
		want(t, replay(t, again, whole[:cut]), first)
		want(t, again.UndoLabel(), "one")
	}
	for at := first; at < len(whole); at++ {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x10
		again := people()
		want(t, replay(t, again, damaged), first)
	}
}

func TestAStepOfAnotherSheetDoesNotFitAndChangesNothing(t *testing.T) {
	steps := map[string]sheet.Step{
		"other text":     {Cells: []sheet.CellChange{{Row: 1, Old: "Eve", New: "x", NewEdited: true}}},
		"no such row":    {Cells: []sheet.CellChange{{Row: 70, New: "x", NewEdited: true}}},
		"header row":     {Cells: []sheet.CellChange{{Row: 0, Old: "Name", New: "x", NewEdited: true}}},
		"no such column": {Cells: []sheet.CellChange{{Row: 1, Col: 4, New: "x", NewEdited: true}}},
		"unedited other": {Cells: []sheet.CellChange{{Row: 1, Old: "Ada", New: "x"}}},
		"nothing":        {},
		"out of place":   {Moves: []sheet.Move{{Out: true, Runs: []sheet.Run{{After: 1, Rows: []sheet.RowID{4}}}}}},
		"twice out": {Moves: []sheet.Move{{Out: true, Runs: []sheet.Run{
			{After: 1, Rows: []sheet.RowID{2}}, {After: 1, Rows: []sheet.RowID{2}},
		}}}},
		"old row in":    {Moves: []sheet.Move{{Runs: []sheet.Run{{After: 1, Rows: []sheet.RowID{3}}}}}},
		"behind no row": {Moves: []sheet.Move{{Runs: []sheet.Run{{After: 3, Rows: []sheet.RowID{6}}}}}},
		"empty run":     {Moves: []sheet.Move{{Runs: []sheet.Run{{After: 1}}}}},
		"far too many":  {Moves: []sheet.Move{{Runs: []sheet.Run{{After: 1, Rows: []sheet.RowID{1 << 30}}}}}},
		"wrong way up":  {Moves: []sheet.Move{{Runs: []sheet.Run{{After: 4, Rows: []sheet.RowID{6}}, {After: 1, Rows: []sheet.RowID{7}}}}}},
		"half of it fits": {
			Moves: []sheet.Move{{Runs: []sheet.Run{{After: 1, Rows: []sheet.RowID{6}}}}},
			Cells: []sheet.CellChange{{Row: 6, New: "x", NewEdited: true}, {Row: 1, Old: "Eve", New: "x", NewEdited: true}},
		},
	}
	for name, step := range steps {
		s := people()
		if err := s.Replay(step); !errors.Is(err, sheet.ErrMismatch) {
			t.Errorf("%s: %v", name, err)
		}
		want(t, content(s), original)
		want(t, s.CanUndo(), false)
		s.Apply("go on", sheet.InsertRows{Row: 1, Texts: [][]string{{"new"}}})
		want(t, content(s)[1], "0|new*|||")
	}
}

func TestNotesStandBetweenTheSteps(t *testing.T) {
	note := sheet.Entry{Kind: sheet.EntryNote, Note: []byte("saved")}
	var got []string
	_, err := sheet.ReadJournal(note.AppendTo(note.AppendTo(nil)), func(e sheet.Entry) error {
		got = append(got, string(e.Note))
		return nil
	})
	want(t, err, error(nil))
	want(t, got, []string{"saved", "saved"})
}

func FuzzReadJournal(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(session(numbers(50), rand.New(rand.NewPCG(seed, 6)), 20), false)
	}
	long := sheet.Step{Label: "rows", Moves: []sheet.Move{{Runs: []sheet.Run{{After: sheet.None, Rows: []sheet.RowID{50}}}}}}
	f.Add((&sheet.Entry{Kind: sheet.EntryStep, Step: long}).AppendTo(nil), true)
	f.Add([]byte("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), true)
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal { // give the bytes a valid record head, so that the content is reached
			data = sheet.SealStep(data)
		}
		s := numbers(50)
		good, _ := sheet.ReadJournal(data, s.ReplayEntry)
		if good > len(data) {
			t.Fatal("read beyond the end")
		}
		var journal []byte
		for _, e := range s.Journal() {
			journal = e.AppendTo(journal)
		}
		again := numbers(50)
		if n, err := sheet.ReadJournal(journal, again.ReplayEntry); err != nil || n != len(journal) {
			t.Fatalf("its own journal does not replay: %v", err)
		}
		want(t, content(again), content(s))
		m := model{s: s}
		for s.CanUndo() {
			s.Undo()
		}
		m.check(t)
		want(t, content(s), content(numbers(50)))
	})
}
