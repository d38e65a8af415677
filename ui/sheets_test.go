package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"
)

// twoSheets is a workbook whose second sheet has the same columns.
func twoSheets(t *testing.T, hidden bool) string {
	return book(t, "", template(ada), func(f *excelize.File) {
		if _, err := f.NewSheet("Leavers"); err != nil {
			t.Fatal(err)
		}
		for i, row := range template(grace, ada) {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow("Leavers", cell, &row); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetSheetVisible("Leavers", !hidden); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheSheetOfAWorkbookIsChosenBelowTheSheet(t *testing.T) {
	s := newStage(t, Options{File: twoSheets(t, false)})
	s.shows("fix", "")
	s.says("message", "")
	s.says("fix.sheets", "Sheet “Sheet1”")
	s.says("fix.rows", "1")
	s.press("fix.sheets")
	s.says("popup.1", "Leavers")
	s.press("popup.1")
	s.shows("fix", "")
	s.says("fix.sheets", "Sheet “Leavers”")
	s.says("fix.rows", "2")
	s.says("grid.cell.2.Display Name", "Grace Hopper")
}

func TestAHiddenSheetIsToldOfWhenTheFileOpens(t *testing.T) {
	s := newStage(t, Options{File: twoSheets(t, true)})
	s.shows("fix", "")
	s.says("message", "Only the sheet “Sheet1” is read. The workbook also holds “Leavers” (hidden).")
}

func TestEditsAreNotLostToAnotherSheet(t *testing.T) {
	s := newStage(t, Options{File: twoSheets(t, false)})
	s.cell(2, "Role")
	s.types("Admin")
	s.key(fyne.KeyReturn)
	s.w.askSheet()
	s.shows("fix", "choose")
	s.key(fyne.KeyReturn)
	s.shows("fix", "choose") // nothing is picked yet
	s.types("Lea")
	s.key(fyne.KeyReturn)
	s.shows("fix", "unsaved")
	s.key(fyne.KeyEscape)
	s.says("fix.sheets", "Sheet “Sheet1”")
	s.says("grid.cell.2.Role", "Admin")
}

func TestTheSecondSheetOfTheSampleHoldsWhatConcernsAWholeSheet(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	s.shows("fix", "")
	s.says("message", "")
	s.w.openSheet("All staff")
	s.settle()
	s.shows("columns", "")
	s.says("columns.rows", "2,143 rows")
}
