// Package report writes what is handed to other people: the error report of a
// file and the report of an import, as CSV, as a workbook with the cells
// highlighted, and as a page to print. In every report a value that a
// spreadsheet would run is neutralised. It decides nothing: findings and
// outcomes come from check and push.
package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rollcall/internal/problem"
)

// Errors is the error report of one file.
type Errors struct {
	File    string
	Account string // "" where the file was checked without one
	When    time.Time
	Rows    int // users in the file
	Errors  int
	// Warnings counts findings that do not block.
	Warnings int
	// NotChecked says in words what could not be checked.
	NotChecked []string
	// Header and Lines are the template's rows that have findings.
	Header []string
	Lines  []Line
	// Whole are the findings of the whole file.
	Whole []Finding
}

// Line is one row of the file with its findings.
type Line struct {
	// Number is the row of the user's file, 0 for one inserted in Rollcall.
	Number   int
	Cells    []string
	Findings []Finding
}

// Finding is one thing that is wrong.
type Finding struct {
	// Column is the place in Cells, -1 for none.
	Column     int
	Name       string // the column's header
	Value      string
	Error      bool
	Code       string
	Message    string
	Suggestion string
}

// Severity is the word for people.
func (f Finding) Severity() string {
	if f.Error {
		return "error"
	}
	return "warning"
}

// Format is the kind of a report file, by its ending.
type Format string

// The formats.
const (
	CSV  Format = ".csv"
	XLSX Format = ".xlsx"
	HTML Format = ".html"
)

// FormatOf tells the format from a file's name.
func FormatOf(path string) (Format, error) {
	switch f := Format(strings.ToLower(filepath.Ext(path))); f {
	case CSV, XLSX, HTML:
		return f, nil
	case ".htm":
		return HTML, nil
	}
	return "", problem.New("A report can be written as .csv, .xlsx or .html. Give the file one of these endings.", nil)
}

// Write writes the error report in a format.
func (e *Errors) Write(w io.Writer, f Format) error {
	switch f {
	case XLSX:
		return e.writeXLSX(w)
	case HTML:
		return writePage(w, "errors", e)
	}
	return writeCSV(w, e.table())
}

// Neutral makes a text harmless to a spreadsheet that opens it: one that would
// be run gets an apostrophe in front (OWASP, "CSV Injection").
func Neutral(text string) string {
	trimmed := strings.TrimLeft(text, " \u00a0\u3000")
	if trimmed == "" {
		return text
	}
	for _, lead := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(trimmed, lead) {
			return "'" + text
		}
	}
	return text
}

func (e *Errors) table() [][]string {
	rows := [][]string{{"Row", "Column", "Value", "Severity", "Code", "Message", "Suggestion"}}
	for _, f := range e.Whole {
		rows = append(rows, f.row(""))
	}
	for _, l := range e.Lines {
		for _, f := range l.Findings {
			rows = append(rows, f.row(l.number()))
		}
	}
	return rows
}

func (f Finding) row(number string) []string {
	return []string{number, f.Name, f.Value, f.Severity(), f.Code, f.Message, f.Suggestion}
}

func (l Line) number() string {
	if l.Number == 0 {
		return "new"
	}
	return strconv.Itoa(l.Number)
}

// writeCSV writes UTF-8 with a byte order mark, since spreadsheets need it to
// see that it is UTF-8.
func writeCSV(w io.Writer, rows [][]string) error {
	var buf bytes.Buffer
	buf.WriteString("\ufeff")
	c := csv.NewWriter(&buf)
	c.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, text := range row {
			safe[i] = Neutral(text)
		}
		if err := c.Write(safe); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	_, err := w.Write(buf.Bytes())
	return err
}
