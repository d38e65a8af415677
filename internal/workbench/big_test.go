package workbench_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
)

// many is a file of so many users with a wrong role.
func many(n int) string {
	var s strings.Builder
	s.WriteString(template)
	for i := range n {
		fmt.Fprintf(&s, "Active,User %d,user%d@northwind.com,Superviser,none,\n", i, i)
	}
	return s.String()
}

func TestAFixOfManyCellsIsMadeInTheBackgroundAsOneStep(t *testing.T) {
	b, o := newBench(t)
	d := open(t, b, "many.csv", many(6000))
	if n := d.FixValue(check.RoleUnknown, roster.Role, "Superviser", "Supervisor"); n != 6000 {
		t.Fatalf("%d cells", n)
	}
	// An edit meanwhile is kept.
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Name), Text: "Ann"}})
	o.wait(t, func() bool { return !b.Busy() && d.Counts().Errors == 0 })
	if got := d.Text(d.Rows()[0], int(roster.Name)); got != "Ann" || d.UndoLabel() != "fix 6,000 roles" {
		t.Fatalf("%q, undo %q", got, d.UndoLabel())
	}
	if _, ok := d.Undo(); !ok {
		t.Fatal("nothing to undo")
	}
	o.wait(t, func() bool { return !b.Busy() && d.Counts().Errors == 6000 })
	if got := d.Text(d.Rows()[0], int(roster.Name)); got != "Ann" || d.RedoLabel() != "fix 6,000 roles" {
		t.Fatalf("%q, redo %q", got, d.RedoLabel())
	}
	d.Redo()
	o.wait(t, func() bool { return !b.Busy() && d.Counts().Errors == 0 })
}

func TestClearingManyCellsIsOneStepThatIsKeptOnDisk(t *testing.T) {
	ctx := context.Background()
	home := t.TempDir()
	b, o := benchIn(t, home)
	d := open(t, b, "many.csv", many(3000))
	var edits []workbench.CellEdit
	for _, r := range d.Rows() {
		edits = append(edits, workbench.CellEdit{Row: r, Col: int(roster.Role)}, workbench.CellEdit{Row: r, Col: int(roster.Name)})
	}
	d.Edit("clear 6,000 cells", edits)
	o.wait(t, func() bool { return !b.Busy() && d.Text(d.Rows()[2999], int(roster.Role)) == "" })
	if err := d.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	next, _ := benchIn(t, home)
	list, err := next.Recoverable(ctx)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	restored, err := next.Restore(ctx, list[0].ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	if restored.Text(restored.Rows()[2999], int(roster.Name)) != "" || restored.UndoLabel() != "clear 6,000 cells" {
		t.Fatalf("undo %q", restored.UndoLabel())
	}
}

// everyCell gives each cell of a document the text that its place has in the
// pattern, over and over.
func everyCell(d *workbench.Document, texts ...string) iter.Seq[workbench.CellEdit] {
	rows, cols := d.Rows(), len(d.Columns())
	return func(yield func(workbench.CellEdit) bool) {
		for i, r := range rows {
			for col := range cols {
				if !yield(workbench.CellEdit{Row: r, Col: col, Text: texts[i%len(texts)]}) {
					return
				}
			}
		}
	}
}

func named(verb string) func(int) string {
	return func(n int) string { return fmt.Sprintf("%s %d cells", verb, n) }
}

func TestALargeChangeIsNamedByTheCellsThatItChanged(t *testing.T) {
	b, o := newBench(t)
	d := open(t, b, "many.csv", many(1000))
	d.EditMany(named("clear"), 6000, everyCell(d, ""), nil)
	if got := d.Working(); got != "Changing 6,000 cells" {
		t.Errorf("under way: %q", got)
	}
	o.wait(t, func() bool { return !b.Busy() })
	// The last column of the file is empty already.
	if got := d.UndoLabel(); got != "clear 5000 cells" || d.Working() != "" {
		t.Errorf("undo %q, under way %q", got, d.Working())
	}
}

// What the account refused stays until its row is edited, by a large change too.
func TestALargeChangeTakesTheAccountsAnswersOffItsRows(t *testing.T) {
	b, o := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[],"groups":[]}`)
	d := open(t, b, "many.csv", many(1000))
	rows := d.Rows()
	first, last := rows[0], rows[999]
	d.Refuse([]workbench.Refusal{{Row: first, Column: roster.Email, Message: "Taken."}, {Row: last, Column: roster.Email, Message: "Taken."}})
	some := func(yield func(workbench.CellEdit) bool) {
		for _, r := range rows[:999] {
			if !yield(workbench.CellEdit{Row: r, Col: int(roster.Name), Text: "Ann"}) {
				return
			}
		}
	}
	d.EditMany(named("change"), 6000, some, nil)
	o.wait(t, func() bool { return !b.Busy() && !d.Checking() })
	for r, want := range map[sheet.RowID]int{first: 0, last: 1} {
		n := 0
		for _, f := range d.Findings(r, int(roster.Email)) {
			if f.Code == check.Refused {
				n++
			}
		}
		if n != want {
			t.Errorf("row %d: %d answers, want %d", r, n, want)
		}
	}
}

// What was found for an older question, and waits to be taken in when a newer one
// is asked, is not taken for its answer.
func TestAnOldAnswerIsNotTakenForANewerOne(t *testing.T) {
	b, o := newBench(t)
	d := open(t, b, "many.csv", many(6000))
	d.SetFilter(workbench.Filter{Text: "user 1"})
	old := <-o.posts
	d.SetFilter(workbench.Filter{Text: "user 5999"})
	old()
	if n := len(d.Rows()); n != 6000 {
		t.Errorf("%d rows are shown", n)
	}
	o.wait(t, func() bool { return !b.Busy() })
	if n := len(d.Rows()); n != 1 {
		t.Errorf("%d rows are shown in the end", n)
	}
	d.Recheck(&account.Directory{Account: "Acme"}, nil)
	old = <-o.posts
	d.Recheck(&account.Directory{Account: "Other"}, nil)
	old()
	if !d.Checking() {
		t.Error("the check against another account is taken for this one's")
	}
	o.wait(t, func() bool { return !d.Checking() })
}

func TestALargeChangeCanBeGivenUp(t *testing.T) {
	b, o := newBench(t)
	d := open(t, b, "many.csv", many(1000))
	for _, giveUp := range []func(){d.CancelWork, func() { d.Undo() }} {
		d.EditMany(named("clear"), 6000, everyCell(d, ""), nil)
		giveUp()
		o.wait(t, func() bool { return !b.Busy() })
		if d.UndoLabel() != "" || d.Text(d.Rows()[0], 1) != "User 0" || d.Working() != "" {
			t.Errorf("undo %q, cell %q", d.UndoLabel(), d.Text(d.Rows()[0], 1))
		}
	}
}

func TestManyRowsArePutBehindTheLastWhileAFilterHoldsStill(t *testing.T) {
	b, o := newBench(t)
	d := open(t, b, "many.csv", many(10))
	d.SetFilter(workbench.Filter{Text: "user 3"})
	o.wait(t, func() bool { return !b.Busy() && len(d.Rows()) == 1 })
	added := func(yield func([]string) bool) {
		for i := range 1000 {
			if !yield([]string{"Active", fmt.Sprint("New ", i), "", "User"}) {
				return
			}
		}
	}
	d.EditMany(named("paste"), 6000, func(func(workbench.CellEdit) bool) {}, added)
	o.wait(t, func() bool { return !b.Busy() })
	if d.RowCount() != 1010 || len(d.Rows()) != 1001 || d.UndoLabel() != "paste 3000 cells" {
		t.Fatalf("%d rows, %d shown, undo %q", d.RowCount(), len(d.Rows()), d.UndoLabel())
	}
	if got := d.Text(d.Rows()[1000], 1); got != "New 999" {
		t.Errorf("the last row shown is %q", got)
	}
	d.Undo()
	o.wait(t, func() bool { return !b.Busy() })
	if d.RowCount() != 10 || len(d.Rows()) != 1 {
		t.Errorf("%d rows, %d shown", d.RowCount(), len(d.Rows()))
	}
	d.Redo()
	o.wait(t, func() bool { return !b.Busy() })
	d.DeleteRows(d.Rows()[1:])
	o.wait(t, func() bool { return !b.Busy() })
	if d.RowCount() != 10 || d.UndoLabel() != "delete 1,000 rows" {
		t.Errorf("%d rows, undo %q", d.RowCount(), d.UndoLabel())
	}
}

func TestCertainFixesAreFoundALittleAtATime(t *testing.T) {
	b, o := newBench(t)
	d := open(t, b, "many.csv", strings.ReplaceAll(many(3000), "Superviser", "admin"))
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Name), Text: " Ann"}})
	var all, spaces []check.Fix
	d.FindCertain("", func(f []check.Fix) { all = f })
	d.FindCertain(check.Spaces, func(f []check.Fix) { spaces = f })
	d.FindCertain("", func([]check.Fix) { t.Error("what was stopped came to an end") })()
	if all != nil || !b.Busy() {
		t.Fatal("all were found at once")
	}
	// An edit meanwhile counts.
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[2999], Col: int(roster.Role), Text: "Admin"}})
	o.wait(t, func() bool { return !b.Busy() && all != nil })
	if len(all) != 3000 || len(spaces) != 1 || all[2999].Old != "admin" || all[0].New != "Ann" {
		t.Fatalf("%d in all, the first %+v; %d spaces", len(all), all[0], len(spaces))
	}
	d.FixCertainOf(check.RoleCase)
	o.wait(t, func() bool { return !b.Busy() && d.Counts().Warnings == 1 })
	if got := d.UndoLabel(); got != "fix 2,999 cells" {
		t.Errorf("undo %q", got)
	}
}
