package workbench_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"rollcall/internal/check"
	"rollcall/internal/roster"
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
	if err := d.Close(ctx, true); err != nil {
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
