package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// answering is a stage whose next file cards are answered with a path.
func answering(t *testing.T, o Options) (*stage, func(path string)) {
	t.Helper()
	answers := filepath.Join(t.TempDir(), "answer")
	o.Answers = answers
	return newStage(t, o), func(path string) {
		t.Helper()
		if err := os.WriteFile(answers, []byte(path), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// fixCells changes cells of the report's sheet of rows.
func fixCells(t *testing.T, path string, texts map[string]string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, text := range texts {
		if err := f.SetCellValue("Rows", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

func TestAReportThatWasFixedElsewhereIsMergedAsOneStep(t *testing.T) {
	file := strings.Replace(strings.Replace(small, "Admin", "Boss", 1), "User,none", "Chef,none", 1)
	s, answer := answering(t, Options{File: write(t, "a.csv", file)})
	report := filepath.Join(t.TempDir(), "report.xlsx")
	answer(report)
	s.w.saveErrorReport()
	s.settle()
	fixCells(t, report, map[string]string{"E2": "Supervisor", "C2": "Ada King", "E3": "Admin"})

	answer(report)
	s.w.mergeReport()
	s.settle()
	s.shows("fix", "fixes")
	s.says("fixes.count", "3")
	s.press("fixes.apply")
	s.says("grid.cell.2.Role", "Supervisor")
	s.says("grid.cell.2.Display Name", "Ada King")
	s.says("grid.cell.3.Role", "Admin")
	s.says("fix.errors", "0")
	s.says("message", "3 cells of 2 rows changed.")
	s.press("toolbar.undo")
	s.says("grid.cell.2.Role", "Chef")
	s.says("grid.cell.3.Role", "Boss")
}

func TestAnotherWorkbookIsNotMerged(t *testing.T) {
	s, answer := answering(t, Options{File: write(t, "a.csv", small)})
	other := filepath.Join(t.TempDir(), "template.xlsx")
	answer(other)
	s.w.saveTemplate()
	s.settle()
	answer(other)
	s.w.mergeReport()
	s.settle()
	s.shows("fix", "error")
	s.press("dialog.ok")
	if s.w.doc.Dirty() {
		t.Error("the sheet was changed")
	}
}
