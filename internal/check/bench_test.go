package check

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/cells"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// large is a roster of n rows, all valid, with distinct people.
func large(n int) *cells.Table {
	var b cells.Builder
	b.AppendRow(roster.Headers())
	given := []string{"Amara", "Bruno", "Chen", "María", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jonas"}
	for i := range n {
		b.AppendRow(largeRow(i, given[i%len(given)]))
	}
	return b.Table()
}

func largeRow(i int, given string) []string {
	groups := []string{"Trading", "Trading,EMEA", "APAC", "none", "EMEA, APAC"}
	return []string{
		"Active", fmt.Sprintf("%s Okafor-%d", given, i), fmt.Sprintf("user%d.okafor@northwind.com", i),
		"User", groups[i%len(groups)], fmt.Sprintf("slack:U%07dX", i),
	}
}

func largeView(n int) (*sheet.Sheet, roster.View) {
	s := sheet.New(large(n), sheet.Options{FirstRow: 1, FileColumns: roster.NumColumns, Columns: 2 * roster.NumColumns})
	m := roster.Exact()
	return s, roster.NewView(s, &m, roster.NumColumns)
}

func benchmarkRun(b *testing.B, n int, dir *account.Directory) {
	s, v := largeView(n)
	rows := s.Rows()
	b.ResetTimer()
	b.ReportAllocs()
	for b.Loop() {
		e := New(dir)
		if err := e.Run(context.Background(), v, rows, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
}

func BenchmarkRunMillion(b *testing.B)          { benchmarkRun(b, 1_000_000, testDirectory()) }
func BenchmarkRunMillionNoAccount(b *testing.B) { benchmarkRun(b, 1_000_000, nil) }
func BenchmarkRunHundredThousand(b *testing.B)  { benchmarkRun(b, 100_000, testDirectory()) }

// BenchmarkReadMillion is the baseline: a bare encoding/csv read of the file.
func BenchmarkReadMillion(b *testing.B) {
	var text strings.Builder
	w := csv.NewWriter(&text)
	t := large(1_000_000)
	for r := range t.Len() {
		if err := w.Write(t.Row(r, nil)); err != nil {
			b.Fatal(err)
		}
	}
	w.Flush()
	b.ResetTimer()
	for b.Loop() {
		r := csv.NewReader(strings.NewReader(text.String()))
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkEdit is one edit of an e-mail, with all its checks, in 100,000 rows.
func BenchmarkEdit(b *testing.B) {
	s, v := largeView(100_000)
	e := New(testDirectory())
	if err := e.Run(context.Background(), v, s.Rows(), nil); err != nil {
		b.Fatal(err)
	}
	texts := []string{"user5.okafor@northwind.com", "someone@northwind.com", "broken", ""}
	i := 0
	b.ResetTimer()
	for b.Loop() {
		r := s.RowAt(i * 7919 % 100_000)
		s.Apply("edit", sheet.SetCell{Row: r, Col: int(roster.Email), Text: texts[i%len(texts)]})
		e.Update(v, []sheet.RowID{r}, nil)
		i++
	}
}

// BenchmarkLive is a keystroke in the editor.
func BenchmarkLive(b *testing.B) {
	s, v := largeView(100_000)
	e := New(testDirectory())
	if err := e.Run(context.Background(), v, s.Rows(), nil); err != nil {
		b.Fatal(err)
	}
	r := s.RowAt(77)
	for b.Loop() {
		e.Live(v, r, roster.Groups, "Trading,Complience")
		e.Live(v, r, roster.Email, "user5.okafor@northwind.com")
	}
}
