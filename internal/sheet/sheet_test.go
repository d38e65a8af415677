package sheet_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"rollcall/internal/cells"
	"rollcall/internal/sheet"
)

// people is a file with a header, a blank row and four people.
func people() *sheet.Sheet {
	base := cells.Of(
		[]string{"Name", "Role"},
		[]string{"Ada", "Admin"},
		[]string{"Bo", "Superviser"},
		nil,
		[]string{"Cy", "Superviser"},
		[]string{"Di", "User"},
	)
	return sheet.New(base, sheet.Options{FirstRow: 1, Columns: 4, Skip: base.Blank})
}

// content shows a sheet: one string per row, file row number first.
func content(s interface {
	Rows() []sheet.RowID
	FileRow(sheet.RowID) int
	Columns() int
	Text(sheet.RowID, int) string
	Edited(sheet.RowID, int) bool
}) []string {
	var lines []string
	for _, r := range s.Rows() {
		line := fmt.Sprint(s.FileRow(r))
		for c := range s.Columns() {
			line += "|" + s.Text(r, c)
			if s.Edited(r, c) {
				line += "*"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func want(t *testing.T, got any, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got\n%v\nwant\n%v", got, want)
	}
}

var original = []string{"2|Ada|Admin||", "3|Bo|Superviser||", "5|Cy|Superviser||", "6|Di|User||"}

func TestANewSheetShowsTheDataRowsOfTheFile(t *testing.T) {
	s := people()
	want(t, content(s), original)
	want(t, s.Len(), 4)
	want(t, s.Has(0), false)
	want(t, s.Has(3), false)
	want(t, s.Index(4), 2)
	want(t, s.RowAt(4), sheet.None)
	want(t, s.State(), uint64(0))
}

func TestAnEditLiesOverTheFile(t *testing.T) {
	s := people()
	step := s.Apply("fix 2 roles",
		sheet.SetCell{Row: 2, Col: 1, Text: "Supervisor"},
		sheet.SetCell{Row: 4, Col: 1, Text: "Supervisor"},
		sheet.SetCell{Row: 5, Col: 1, Text: "User"})
	want(t, len(step.Cells), 2)
	want(t, step.Rows(), []sheet.RowID{2, 4})
	want(t, content(s), []string{"2|Ada|Admin||", "3|Bo|Supervisor*||", "5|Cy|Supervisor*||", "6|Di|User||"})
	want(t, s.Original(2, 1), "Superviser")
	want(t, []int{s.EditedRows(), s.EditedCells()}, []int{2, 2})
	want(t, s.UndoLabel(), "fix 2 roles")
	back, _ := s.Undo()
	want(t, back.Cells[0].New, "Superviser")
	want(t, content(s), original)
	want(t, s.RedoLabel(), "fix 2 roles")
	s.Redo()
	want(t, s.Text(4, 1), "Supervisor")
}

func TestACellSetBackToTheFilesTextIsNotEdited(t *testing.T) {
	s := people()
	s.Apply("", sheet.SetCell{Row: 1, Col: 0, Text: "Eve"})
	s.Apply("", sheet.SetCell{Row: 1, Col: 0, Text: "Ada"})
	want(t, s.Edited(1, 0), false)
	want(t, s.EditedRows(), 0)
}

func TestAnEmptyTextInAVirtualColumnIsAnEditAndRevertTakesItAway(t *testing.T) {
	s := people()
	s.Apply("clear", sheet.SetCell{Row: 1, Col: 2, Text: ""})
	want(t, s.Edited(1, 2), true)
	s.Apply("revert", sheet.Revert{Row: 1, Col: 2})
	want(t, s.Edited(1, 2), false)
	s.Undo()
	want(t, s.Edited(1, 2), true)
	s.Undo()
	want(t, s.Edited(1, 2), false)
}

func TestWhatChangesNothingIsNoStep(t *testing.T) {
	s := people()
	for name, ops := range map[string][]sheet.Op{
		"same text":       {sheet.SetCell{Row: 1, Col: 0, Text: "Ada"}},
		"there and back":  {sheet.SetCell{Row: 1, Col: 0, Text: "x"}, sheet.SetCell{Row: 1, Col: 0, Text: "Ada"}},
		"header":          {sheet.SetCell{Row: 0, Col: 0, Text: "x"}},
		"skipped row":     {sheet.SetCell{Row: 3, Col: 0, Text: "x"}, sheet.DeleteRows{Rows: []sheet.RowID{3}}},
		"outside":         {sheet.SetCell{Row: 99, Col: 0, Text: "x"}, sheet.SetCell{Row: 1, Col: 4, Text: "x"}, sheet.SetCell{Row: 1, Col: -1, Text: "x"}},
		"no rows":         {sheet.InsertRows{Row: 1}},
		"beside no row":   {sheet.InsertRows{Row: 3, N: 1}},
		"revert unedited": {sheet.Revert{Row: 1, Col: 1}},
	} {
		step := s.Apply(name, ops...)
		if !step.Empty() || s.CanUndo() || s.Revision() != 0 {
			t.Errorf("%s: made a step", name)
		}
	}
	want(t, content(s), original)
}

func TestRowsAreInsertedAtTheirPlace(t *testing.T) {
	s := people()
	s.Apply("a", sheet.InsertRows{Row: 2, Texts: [][]string{{"Bo 2", "User"}, {"Bo 3"}}})
	s.Apply("b", sheet.InsertRows{Row: 2, Place: sheet.Before, N: 1})
	s.Apply("c", sheet.InsertRows{Row: sheet.None, Texts: [][]string{{"Top"}}})
	s.Apply("d", sheet.InsertRows{Row: sheet.None, Place: sheet.Before, Texts: [][]string{{"End"}}})
	want(t, content(s), []string{
		"0|Top*|||", "2|Ada|Admin||", "0||||", "3|Bo|Superviser||", "0|Bo 2*|User*||", "0|Bo 3*|||",
		"5|Cy|Superviser||", "6|Di|User||", "0|End*|||",
	})
	want(t, s.EditedRows(), 5)
	want(t, s.Changes().Inserted, []sheet.InsertedRow{
		{Row: 9, After: sheet.None, Texts: []string{"Top"}},
		{Row: 8, After: 1},
		{Row: 6, After: 2, Texts: []string{"Bo 2", "User"}},
		{Row: 7, After: 2, Texts: []string{"Bo 3"}},
		{Row: 10, After: 5, Texts: []string{"End"}},
	})
	for s.CanUndo() {
		s.Undo()
	}
	want(t, content(s), original)
}

func TestDeletedRowsComeBackWithTheirEdits(t *testing.T) {
	s := people()
	s.Apply("edit", sheet.SetCell{Row: 4, Col: 0, Text: "Cyd"})
	step := s.Apply("delete", sheet.DeleteRows{Rows: []sheet.RowID{4, 1, 2, 4}})
	want(t, step.Deleted, []sheet.RowID{1, 2, 4})
	want(t, content(s), []string{"6|Di|User||"})
	want(t, s.EditedRows(), 0)
	want(t, s.Changes(), sheet.Changes{Deleted: []sheet.RowID{1, 2, 4}})
	back, _ := s.Undo()
	want(t, back.Inserted, []sheet.RowID{1, 2, 4})
	want(t, content(s)[2], "5|Cyd*|Superviser||")
	want(t, s.EditedRows(), 1)
}

func TestAnEmptySheetTakesRows(t *testing.T) {
	s := sheet.New(cells.Of(), sheet.Options{Columns: 1})
	s.Apply("", sheet.InsertRows{Row: sheet.None, Texts: [][]string{{"a"}, {"b"}}})
	want(t, content(s), []string{"0|a*", "0|b*"})
	s.Apply("", sheet.DeleteRows{Rows: s.Rows()})
	want(t, s.Len(), 0)
	s.Undo()
	want(t, content(s), []string{"0|a*", "0|b*"})
}

func TestStateIsThatOfTheContent(t *testing.T) {
	s := people()
	s.Apply("", sheet.SetCell{Row: 1, Col: 0, Text: "x"})
	saved := s.State()
	s.Apply("", sheet.SetCell{Row: 1, Col: 0, Text: "y"})
	if s.State() == saved {
		t.Fatal("an edit kept the state")
	}
	s.Undo()
	want(t, s.State(), saved)
	s.Undo()
	want(t, s.State(), uint64(0))
	s.Apply("", sheet.SetCell{Row: 1, Col: 0, Text: "z"})
	if s.State() == saved {
		t.Fatal("another edit got the state of the first")
	}
}

func TestTheCursorGoesToWhereTheChangeWas(t *testing.T) {
	s := people()
	s.Apply("", sheet.SetCell{Row: 4, Col: 1, Text: "x"})
	s.Apply("", sheet.DeleteRows{Rows: []sheet.RowID{2}})
	back, _ := s.Undo()
	r, _ := back.Focus()
	want(t, r, sheet.RowID(2))
	back, _ = s.Undo()
	r, col := back.Focus()
	want(t, []int{int(r), col}, []int{4, 1})
}

// change makes a random action of a user.
func change(s *sheet.Sheet, rnd *rand.Rand) sheet.Step {
	row := func() sheet.RowID {
		if s.Len() == 0 || rnd.IntN(12) == 0 {
			return sheet.None
		}
		return s.RowAt(rnd.IntN(s.Len()))
	}
	var ops []sheet.Op
	for range 1 + rnd.IntN(3) {
		switch rnd.IntN(8) {
		case 0:
			ops = append(ops, sheet.InsertRows{
				Row: row(), Place: sheet.Place(rnd.IntN(2)), N: rnd.IntN(6),
				Texts: [][]string{{"new", fmt.Sprint(rnd.IntN(9))}},
			})
		case 1:
			var rows []sheet.RowID
			for range rnd.IntN(9) {
				rows = append(rows, row())
			}
			if i := rnd.IntN(s.Len() + 1); rnd.IntN(3) == 0 {
				rows = append(rows, slices.Clone(s.Rows()[i:min(i+rnd.IntN(40), s.Len())])...)
			}
			ops = append(ops, sheet.DeleteRows{Rows: rows})
		case 2:
			ops = append(ops, sheet.Revert{Row: row(), Col: rnd.IntN(5)})
		default:
			ops = append(ops, sheet.SetCell{Row: row(), Col: rnd.IntN(5), Text: fmt.Sprint(rnd.IntN(4))})
		}
	}
	return s.Apply(fmt.Sprint("step ", rnd.IntN(100)), ops...)
}

// numbers is a sheet of n rows with a blank row now and then.
func numbers(n int) *sheet.Sheet {
	var b cells.Builder
	for i := range n {
		if i%7 == 3 {
			b.EndRow()
			continue
		}
		b.AppendRow([]string{fmt.Sprint(i), fmt.Sprint(i % 4), ""})
	}
	base := b.Table()
	return sheet.New(base, sheet.Options{FirstRow: 1, Columns: 5, Skip: base.Blank})
}

// model is a slow sheet that is right by being simple.
type model struct{ s *sheet.Sheet }

func (m *model) check(t *testing.T) {
	t.Helper()
	rows := m.s.Rows()
	if len(rows) != m.s.Len() {
		t.Fatalf("%d rows listed, Len is %d", len(rows), m.s.Len())
	}
	edited, editedCells := 0, 0
	for i, r := range rows {
		if m.s.RowAt(i) != r || m.s.Index(r) != i || !m.s.Has(r) {
			t.Fatalf("row %d: RowAt %d, Index %d", r, m.s.RowAt(i), m.s.Index(r))
		}
		if m.s.RowEdited(r) {
			edited++
		}
		for c := range m.s.Columns() {
			if m.s.Edited(r, c) {
				editedCells++
			} else if m.s.Text(r, c) != m.s.Original(r, c) {
				t.Fatalf("row %d column %d is not edited and yet different", r, c)
			}
		}
	}
	if edited != m.s.EditedRows() || editedCells != m.s.EditedCells() {
		t.Fatalf("counts %d rows %d cells, are %d and %d", m.s.EditedRows(), m.s.EditedCells(), edited, editedCells)
	}
}

func TestUndoingEverythingGivesTheOriginalAndRedoingItTheLast(t *testing.T) {
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		s := numbers(1 + rnd.IntN(900))
		m := model{s: s}
		states := [][]string{content(s)}
		for range 60 {
			step := change(s, rnd)
			if !step.Empty() {
				states = append(states, content(s))
			}
			m.check(t)
		}
		for i := len(states) - 2; i >= 0; i-- {
			s.Undo()
			want(t, content(s), states[i])
		}
		m.check(t)
		want(t, s.CanUndo(), false)
		for i := 1; i < len(states); i++ {
			s.Redo()
			want(t, content(s), states[i])
		}
		m.check(t)
	}
}

func TestASnapshotStaysAsItWas(t *testing.T) {
	type kept struct {
		snap *sheet.Snapshot
		was  []string
		ch   sheet.Changes
	}
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		s := numbers(600)
		var all []kept
		for range 80 {
			switch rnd.IntN(6) {
			case 0:
				snap := s.Snapshot()
				all = append(all, kept{snap, content(s), s.Changes()})
			case 1:
				s.Undo()
			case 2:
				s.Redo()
			default:
				change(s, rnd)
			}
		}
		for _, k := range all {
			want(t, content(k.snap), k.was)
			want(t, k.snap.Changes(), k.ch)
		}
	}
}

func TestSnapshotsAreReadWhileTheSheetIsWritten(t *testing.T) {
	s := numbers(3000)
	rnd := rand.New(rand.NewPCG(3, 3))
	done := make(chan int)
	const readers = 20
	for range readers {
		snap := s.Snapshot()
		go func() {
			n := 0
			for r := range snap.All() {
				n += len(snap.Text(r, 1))
			}
			done <- n + len(snap.Rows())
		}()
		change(s, rnd)
		change(s, rnd)
		s.Undo()
	}
	for range readers {
		<-done
	}
}
