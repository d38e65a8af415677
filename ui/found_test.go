package ui

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"
)

// book writes a workbook of rows, with whatever else is done to it.
func book(t *testing.T, password string, rows [][]any, more func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if more != nil {
		more(f)
	}
	path := filepath.Join(t.TempDir(), "users.xlsx")
	if err := f.SaveAs(path, excelize.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
	return path
}

func template(users ...[]any) [][]any {
	rows := [][]any{{"Current Status", "Display Name", "Primary Email", "Role", "Groups", "Source Username(s)"}}
	return append(rows, users...)
}

var ada, grace = []any{"Active", "Ada Byron", "ada@northwind.com", "User", "none", ""},
	[]any{"Active", "Grace Hopper", "grace@northwind.com", "Admin", "none", ""}

// found presses the choice behind what was found, by a part of its sentence.
func (s *stage) found(sentence, choice string) {
	s.t.Helper()
	for name, text := range s.page().Texts() {
		if strings.HasPrefix(name, "columns.found.") && strings.Contains(text, sentence) && strings.HasSuffix(text, "| "+choice) {
			s.press(name)
			return
		}
	}
	s.t.Fatalf("nothing on screen says %q with the choice %q", sentence, choice)
}

func TestHiddenRowsAreToldOfAndCanBeLeftOut(t *testing.T) {
	path := book(t, "", template(ada, grace), func(f *excelize.File) {
		if err := f.SetRowVisible("Sheet1", 3, false); err != nil {
			t.Fatal(err)
		}
	})
	s := newStage(t, Options{File: path})
	s.shows("fix", "")
	s.says("fix.rows", "2")
	s.says("message", "Row 3 is hidden in the sheet and taken in.")
	s.layOut()
	s.press("message.action")
	s.shows("columns", "")
	s.found("Row 3 is hidden", "Leave them out")
	s.shows("columns", "")
	s.says("columns.rows", "1 row")
	s.found("Row 3 is hidden", "Take them in")
	s.says("columns.rows", "2 rows")
}

func TestATitleRowCanBeMadeTheHeader(t *testing.T) {
	file := "Users of the third quarter;;;;;\n" + strings.ReplaceAll(small, ",", ";")
	s := newStage(t, Options{File: write(t, "a.csv", file)})
	s.press("step.columns")
	s.says("columns.headerrow", "2")
	s.press("columns.headerrow")
	s.says("popup.0", "Row 1: Users of the third quarter")
	s.press("popup.0")
	s.says("columns.headerrow", "1")
}

func TestPlacesThatWereNotWellFormedAreListed(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small+"Active,Bo,bo@northwind.com\n")})
	s.press("step.columns")
	s.found("not well formed", "Show them")
	s.shows("columns", "details")
	contains(t, s.page().Said("dialog.text"), "Line 4: ")
	s.key(fyne.KeyEscape)
	s.shows("columns", "")
}

// cutSheet makes a workbook whose sheet ends in the middle of a row.
func cutSheet(t *testing.T, path string) {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, "sheet1.xml") {
			data = data[:bytes.LastIndex(data, []byte("<row"))+8]
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	r.Close()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWhatCanBeReadOfADamagedWorkbookIsOfferedAndNeverSavedOverIt(t *testing.T) {
	path := book(t, "", template(ada, grace), nil)
	cutSheet(t, path)
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, answer := answering(t, Options{File: path})
	s.shows("start", "confirm")
	contains(t, s.page().Said("dialog.text"), "damaged")
	s.press("dialog.ok")
	s.shows("fix", "")
	s.says("fix.rows", "1")
	contains(t, s.page().Said("message"), "The workbook is damaged.")

	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	out := filepath.Join(t.TempDir(), "saved.xlsx")
	answer(out)
	s.press("toolbar.save")
	s.shows("fix", "")
	if now, _ := os.ReadFile(path); !bytes.Equal(now, damaged) {
		t.Error("the damaged file was changed")
	}
	s.open(out)
	s.press("dialog.discard")
	s.says("grid.cell.2.Role", "Supervisor")
	s.says("fix.rows", "1")
}

func TestWorkInALockedWorkbookComesBackWithThePassword(t *testing.T) {
	home, path := t.TempDir(), book(t, "sesame", template(ada, grace), nil)
	s := newStageIn(t, home, Options{File: path})
	s.shows("start", "password")
	s.types("sesame")
	s.key(fyne.KeyReturn)
	s.shows("fix", "")
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	if err := s.bench.Close(); err != nil {
		t.Fatal(err)
	}
	if found := filesWith(t, home, "sesame"); len(found) > 0 {
		t.Errorf("the password stands in %v", found)
	}

	again := newStageIn(t, home, Options{})
	again.shows("start", "recover")
	again.press("dialog.ok")
	again.shows("start", "password")
	again.types("wrong")
	again.key(fyne.KeyReturn)
	again.shows("start", "password")
	contains(t, again.page().Said("dialog.text"), "does not open")
	again.types("sesame")
	again.key(fyne.KeyReturn)
	again.shows("fix", "")
	again.says("grid.cell.2.Role", "Supervisor")
	again.says("toolbar.undo", "edit Role")
}
