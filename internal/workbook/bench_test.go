package workbook

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

// users writes n rows in the template's layout; every third has a list in
// quotes.
func users(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\r\n")
	for i := range n {
		groups := "none"
		if i%3 == 0 {
			groups = `"Trading,Operations"`
		}
		fmt.Fprintf(&b, "Active,Person Number %d,person.%d@example.com,User,%s,slack:U%09d\r\n", i, i, groups, i)
	}
	return b.Bytes()
}

var millionUsers = sync.OnceValue(func() []byte { return users(1_000_000) })

func BenchmarkOpenCSVOfAMillionRows(b *testing.B) {
	data := millionUsers()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(context.Background(), "a.csv", data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// twoEncodings writes n rows, of which every third is in windows-1252 and the
// others are in UTF-8.
func twoEncodings(n int) []byte {
	names := []string{"Zo\xc3\xab M\xc3\xbcller", "Ren\xe9e Lef\xe8vre", "Ann Smith"}
	var b bytes.Buffer
	b.WriteString("Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\r\n")
	for i := range n {
		fmt.Fprintf(&b, "Active,%s %d,person.%d@example.com,User,none,slack:U%09d\r\n", names[i%len(names)], i, i, i)
	}
	return b.Bytes()
}

func BenchmarkOpenCSVInTwoEncodingsOfAHundredThousandRows(b *testing.B) {
	data := twoEncodings(100_000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(context.Background(), "a.csv", data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBaselineEncodingCSVOfAMillionRows(b *testing.B) {
	data := millionUsers()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(data))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

var largeWorkbook = sync.OnceValue(func() []byte {
	f := excelize.NewFile()
	defer f.Close()
	w, _ := f.NewStreamWriter("Sheet1")
	w.SetRow("A1", []any{"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"})
	for i := range 100_000 {
		w.SetRow(fmt.Sprintf("A%d", i+2), []any{"Active", fmt.Sprintf("Person Number %d", i), fmt.Sprintf("person.%d@example.com", i), "User", "Trading,Operations", i})
	}
	w.Flush()
	var buf bytes.Buffer
	f.Write(&buf)
	return buf.Bytes()
})

func BenchmarkOpenXLSXOfAHundredThousandRows(b *testing.B) {
	data := largeWorkbook()
	for b.Loop() {
		book, err := Read(context.Background(), "a.xlsx", data, Options{})
		if err != nil || book.Table.Len() != 100_001 {
			b.Fatal(err)
		}
	}
}

func BenchmarkBaselineExcelizeRowsOfAHundredThousandRows(b *testing.B) {
	data := largeWorkbook()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 100_001 {
			b.Fatalf("%d rows", n)
		}
		f.Close()
	}
}

func BenchmarkSaveOneCellOfAHundredThousandRows(b *testing.B) {
	book, err := Read(context.Background(), "a.xlsx", largeWorkbook(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "a.xlsx")
	for b.Loop() {
		if err := book.Save(context.Background(), path, Changes{Cells: []CellChange{{500, 1, "Someone Else"}}}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSaveOneCellOfACSVOfAMillionRows(b *testing.B) {
	book, err := Read(context.Background(), "a.csv", millionUsers(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "a.csv")
	for b.Loop() {
		if err := book.Save(context.Background(), path, Changes{Cells: []CellChange{{500, 1, "Someone Else"}}}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDeleteARowOfAHundredThousand(b *testing.B) {
	book, err := Read(context.Background(), "a.xlsx", largeWorkbook(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "a.xlsx")
	for b.Loop() {
		if err := book.Save(context.Background(), path, Changes{Deleted: []int{500}}); err != nil {
			b.Fatal(err)
		}
	}
}
