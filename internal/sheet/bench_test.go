package sheet_test

import (
	"fmt"
	"testing"

	"rollcall/internal/cells"
	"rollcall/internal/sheet"
)

const million = 1_000_000

func large(b *testing.B) *sheet.Sheet {
	b.Helper()
	var c cells.Builder
	c.AppendRow([]string{"Name", "Mail", "Role"})
	for i := range million {
		c.AppendRow([]string{fmt.Sprint("Person ", i), fmt.Sprintf("person.%d@northwind.com", i*7919%million), "Superviser"})
	}
	return sheet.New(c.Table(), sheet.Options{FirstRow: 1, Columns: 9})
}

func BenchmarkEditAfterSnapshot(b *testing.B) {
	s := large(b)
	for i := 0; b.Loop(); i++ {
		s.Snapshot()
		s.Apply("", sheet.SetCell{Row: sheet.RowID(1 + i*7919%million), Col: 2, Text: fmt.Sprint(i)})
	}
}

func BenchmarkInsertRow(b *testing.B) {
	s := large(b)
	for i := 0; b.Loop(); i++ {
		s.Snapshot()
		s.Apply("", sheet.InsertRows{Row: s.RowAt(i * 7919 % s.Len()), N: 1})
	}
}

func BenchmarkDeleteEveryOtherRowAndUndo(b *testing.B) {
	s := large(b)
	var rows []sheet.RowID
	for i, r := range s.Rows() {
		if i%2 == 0 {
			rows = append(rows, r)
		}
	}
	for b.Loop() {
		s.Apply("", sheet.DeleteRows{Rows: rows})
		s.Undo()
	}
}

func BenchmarkSetAMillionCells(b *testing.B) {
	s := large(b)
	ops := make([]sheet.Op, 0, million)
	for r := range s.All() {
		ops = append(ops, sheet.SetCell{Row: r, Col: 2, Text: "Supervisor"})
	}
	for b.Loop() {
		s.Apply("", ops...)
		s.Undo()
	}
}

func BenchmarkReadEveryCell(b *testing.B) {
	s := large(b)
	s.Apply("", sheet.SetCell{Row: 5, Col: 1, Text: "x"})
	n := 0
	for b.Loop() {
		for r := range s.All() {
			n += len(s.Text(r, 0)) + len(s.Text(r, 1)) + len(s.Text(r, 2))
		}
	}
}

func BenchmarkSortByUniqueTexts(b *testing.B) {
	s := large(b)
	for b.Loop() {
		if _, err := sheet.Sort(b.Context(), s.Rows(), s.Text, sheet.SortKey{Col: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	s := large(b)
	for name, q := range map[string]sheet.Query{
		"plain": {Text: "person.99"}, "case": {Text: "person.99", MatchCase: true}, "regexp": {Text: `person\.99\d@`, Regexp: true},
	} {
		b.Run(name, func(b *testing.B) {
			f, err := q.Compile()
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, n, _ := sheet.FindAll(b.Context(), s.Rows(), []int{0, 1, 2}, s.Text, f); n == 0 {
					b.Fatal("nothing found")
				}
			}
		})
	}
}

func BenchmarkEncodeAMillionCells(b *testing.B) {
	s := large(b)
	ops := make([]sheet.Op, 0, million)
	for r := range s.All() {
		ops = append(ops, sheet.SetCell{Row: r, Col: 2, Text: "Supervisor"})
	}
	e := sheet.Entry{Kind: sheet.EntryStep, Step: s.Apply("", ops...)}
	var buf []byte
	for b.Loop() {
		buf = e.AppendTo(buf[:0])
	}
	b.ReportMetric(float64(len(buf))/1e6, "MB")
}
