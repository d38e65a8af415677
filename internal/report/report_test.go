package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/report"
)

func sample() *report.Errors {
	return &report.Errors{
		File: "users.csv", Account: "Northwind", When: time.Date(2026, 11, 12, 9, 14, 0, 0, time.UTC),
		Rows: 3, Errors: 2, Warnings: 1,
		Header: []string{"Current Status", "Display Name", "Role"},
		Lines: []report.Line{
			{Number: 7, Cells: []string{"Active", "=cmd|' /C calc'!A0", "Superviser"}, Findings: []report.Finding{
				{Column: 1, Name: "Display Name", Value: "=cmd|' /C calc'!A0", Code: "formula", Message: "A spreadsheet would run this."},
				{Column: 2, Name: "Role", Value: "Superviser", Error: true, Code: "role-unknown", Message: "Not a role: use User, Admin or Supervisor", Suggestion: "Supervisor"},
			}},
			{Number: 0, Cells: []string{"", "<b>Ann</b>", "User"}, Findings: []report.Finding{
				{Column: 0, Name: "Current Status", Error: true, Code: "status-empty", Message: "Empty: use Active or Archived"},
			}},
		},
	}
}

func write(t *testing.T, f report.Format) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := sample().Write(&buf, f); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestTheCSVHasALineForEachFindingAndNothingThatRuns(t *testing.T) {
	data := write(t, report.CSV)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 {
		t.Fatalf("%d lines: %q", len(rows), rows)
	}
	if rows[1][2] != "'=cmd|' /C calc'!A0" || rows[2][6] != "Supervisor" || rows[3][0] != "new" {
		t.Fatalf("%q", rows)
	}
}

func TestTheWorkbookHighlightsAndComments(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, report.XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if v, _ := f.GetCellValue("Rows", "D2"); v != "Superviser" {
		t.Fatalf("D2 %q", v)
	}
	style := func(cell string) string {
		id, _ := f.GetCellStyle("Rows", cell)
		s, err := f.GetStyle(id)
		if err != nil || len(s.Fill.Color) == 0 {
			return ""
		}
		return s.Fill.Color[0]
	}
	if got := []string{style("D2"), style("C2"), style("B2")}; got[0] != "FEECE7" || got[1] != "FFF6E0" || got[2] != "" {
		t.Errorf("fills %q", got)
	}
	comments, err := f.GetComments("Rows")
	if err != nil || len(comments) != 3 {
		t.Fatalf("%d comments, %v", len(comments), err)
	}
	if formula, _ := f.GetCellFormula("Rows", "C2"); formula != "" {
		t.Errorf("a formula: %q", formula)
	}
	rows, _ := f.GetRows("Findings")
	if len(rows) != 4 {
		t.Errorf("findings: %q", rows)
	}
}

func TestThePageEscapesWhatTheFileSays(t *testing.T) {
	s := sample()
	s.Lines[1].Findings[0].Value = "<script>alert(1)</script>"
	var buf bytes.Buffer
	if err := s.Write(&buf, report.HTML); err != nil {
		t.Fatal(err)
	}
	page := buf.String()
	if strings.Contains(page, "<script") || !strings.Contains(page, "&lt;script&gt;") || !strings.Contains(page, "role-unknown") && !strings.Contains(page, "Not a role") {
		t.Fatal(page)
	}
}

func TestNeutral(t *testing.T) {
	for in, want := range map[string]string{
		"Ann": "Ann", "": "", "=1": "'=1", " =1": "' =1", "+44 20": "'+44 20", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "＝1": "'＝1", "a=1": "a=1",
	} {
		if got := report.Neutral(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestAnUnknownEndingIsASentence(t *testing.T) {
	if _, err := report.FormatOf("x.pdf"); err == nil || !strings.Contains(err.Error(), ".html") {
		t.Fatal(err)
	}
}

func TestTheImportReportKeepsEveryRow(t *testing.T) {
	r := &report.Import{ID: "x", File: "users.csv", When: time.Unix(0, 0), Summary: "1 added", Rows: []report.ImportRow{
		{Number: 2, Email: "a@b.co", Outcome: "added"}, {Number: 3, Email: "c@b.co", Outcome: "refused", Message: "Taken & gone"},
	}}
	for _, f := range []report.Format{report.CSV, report.HTML, report.XLSX} {
		var buf bytes.Buffer
		if err := r.Write(&buf, f); err != nil {
			t.Fatal(f, err)
		}
		if f != report.XLSX && (!strings.Contains(buf.String(), "a@b.co") || !strings.Contains(buf.String(), "gone")) {
			t.Errorf("%s: %s", f, buf.String())
		}
	}
}
