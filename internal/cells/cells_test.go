package cells

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestPickIsCellForSeveralCells(t *testing.T) {
	table := Of([]string{"a", "b", "c"}, nil, []string{"d"}, []string{"", "e", "f", "g"})
	cols := []int{2, -1, 0, 9, 1}
	for row := -1; row <= table.Len(); row++ {
		got := []string{"old", "kept", "old", "old", "old"}
		table.Pick(row, cols, got)
		for i, col := range cols {
			want := "kept"
			if col >= 0 {
				want = table.Cell(row, col)
			}
			if got[i] != want {
				t.Errorf("row %d, column %d: got %q, want %q", row, col, got[i], want)
			}
		}
	}
}

func TestATableGivesBackWhatWasPutIn(t *testing.T) {
	var b Builder
	b.AppendRow([]string{"a", "", "ccc"})
	b.EndRow()
	b.AppendSplit([]byte("x;;y;"), ';')
	b.AppendSplit(nil, ';')
	b.Cell("")
	b.EndRow()
	b.CellBytes([]byte("last"))
	table := b.Table()
	want := [][]string{{"a", "", "ccc"}, nil, {"x", "", "y", ""}, nil, {""}, {"last"}}
	for r, cells := range want {
		if got := table.Row(r, nil); !reflect.DeepEqual(got, cells) {
			t.Errorf("row %d is %q, want %q", r, got, cells)
		}
		if got := table.RowWidth(r); got != len(cells) {
			t.Errorf("row %d has %d cells, want %d", r, got, len(cells))
		}
		if got := table.RowText(r); got != strings.Join(cells, "") {
			t.Errorf("the text of row %d is %q", r, got)
		}
		if got := table.Blank(r); got != (strings.Join(cells, "") == "") {
			t.Errorf("row %d blank: %v", r, got)
		}
	}
	if table.Len() != 6 || table.Width() != 4 {
		t.Errorf("%d rows, %d wide", table.Len(), table.Width())
	}
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {0, 3}, {6, 0}, {1, 0}} {
		if got := table.Cell(at[0], at[1]); got != "" {
			t.Errorf("outside, at %v, it reads %q", at, got)
		}
	}
}

func TestAnEmptyTableIsEmpty(t *testing.T) {
	var b Builder
	table := b.Table()
	if table.Len() != 0 || table.Width() != 0 || table.Cell(0, 0) != "" || !table.Blank(0) {
		t.Error("it is not")
	}
}

// numbered builds rows whose cells say where they are; every seventh is blank
// and every hundredth spans three lines.
func numbered(from, to int) *Table {
	b := Sized(100)
	for r := from; r < to; r++ {
		if r%7 == 0 {
			b.EndRow()
			continue
		}
		if r%100 == 0 {
			b.ExtraLines(2)
		}
		b.AppendSplit(fmt.Appendf(nil, "%d,%s", r, strings.Repeat("x", r%50)), ',')
	}
	return b.Table()
}

func TestJoinedTablesReadAsOne(t *testing.T) {
	const rows = 30000
	whole := numbered(0, rows)
	for _, cuts := range [][]int{{0, rows}, {0, 1, 2, 3, rows}, {0, 4096, 8192, rows}, {0, 5000, 5001, 5001, 20000, rows}} {
		var parts []*Table
		for i := 1; i < len(cuts); i++ {
			parts = append(parts, numbered(cuts[i-1], cuts[i]))
		}
		joined := Join(parts...)
		if joined.Len() != rows || joined.Width() != whole.Width() {
			t.Fatalf("cut at %v: %d rows, %d wide", cuts, joined.Len(), joined.Width())
		}
		for r := range rows {
			if joined.RowText(r) != whole.RowText(r) || joined.RowWidth(r) != whole.RowWidth(r) || joined.Line(r) != whole.Line(r) {
				t.Fatalf("cut at %v: row %d is %q on line %d, want %q on line %d", cuts, r, joined.RowText(r), joined.Line(r), whole.RowText(r), whole.Line(r))
			}
		}
	}
}

func TestManyShortTablesJoined(t *testing.T) {
	var parts []*Table
	for i := range 3000 {
		parts = append(parts, Of([]string{fmt.Sprint(2 * i)}, []string{fmt.Sprint(2*i + 1)}))
	}
	joined := Join(parts...)
	for r := range 6000 {
		if got := joined.Cell(r, 0); got != fmt.Sprint(r) {
			t.Fatalf("row %d reads %q", r, got)
		}
	}
}

func TestLinesCountTheLineBreaksAbove(t *testing.T) {
	var b Builder
	b.AppendRow([]string{"one"})
	b.Cell("two\n\n")
	b.ExtraLines(2)
	b.EndRow()
	b.AppendRow([]string{"five"})
	table := b.Table()
	for r, line := range []int{1, 2, 5} {
		if got := table.Line(r); got != line {
			t.Errorf("row %d is on line %d, want %d", r, got, line)
		}
	}
}

func TestBuildingOnDoesNotChangeWhatWasBuilt(t *testing.T) {
	var b Builder
	for r := range 3 * blockRows {
		b.AppendRow([]string{fmt.Sprintf("row %d", r), strings.Repeat("y", r%300)})
	}
	table := b.Table()
	for r := range 3 * blockRows {
		if got := table.Cell(r, 0); got != fmt.Sprintf("row %d", r) {
			t.Fatalf("row %d reads %q", r, got)
		}
	}
}

func BenchmarkAppendSplit(b *testing.B) {
	line := []byte("Active,Person Number 1,person.1@example.com,User,none,slack:U000000001")
	b.SetBytes(int64(len(line)))
	t := Sized(1 << 20)
	for b.Loop() {
		t.AppendSplit(line, ',')
	}
}

func BenchmarkCell(b *testing.B) {
	table := numbered(0, 100000)
	n := 0
	for b.Loop() {
		n++
		if len(table.Cell(n*7919%100000, 1)) > 60 {
			b.Fatal("too long")
		}
	}
}
