package ui

import (
	"fmt"
	"slices"
	"strings"

	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/columns"
	"rollcall/ui/look"
	"rollcall/ui/words"
)

// tellWhole says what was found in a file whose columns need no question, and
// where all of it stands, behind a note of how the file came here, if any.
func (w *Window) tellWhole(d *workbench.Document, note string) {
	f := d.Facts()
	if !hiddenSheets(d) {
		f.Sheets = nil // the bar below the sheet offers them
	}
	lines := columns.Found(f, d.Options())
	if n := len(f.Oddities); n == 1 {
		lines = append(lines, columns.Line{Text: fmt.Sprintf("Line %s: %s", look.Count(f.Oddities[0].Line), f.Oddities[0].What)})
	} else if n > 1 {
		lines = append(lines, columns.Line{Text: words.Plural(n, "place was", "places were") + " not well formed, and read as a person would."})
	}
	switch {
	case len(lines) == 0 && note != "":
		w.layer.Say(look.Info, note)
	case len(lines) == 0:
	case note == "" && len(lines) == 1 && f.BlankCount == 1:
		w.layer.Say(look.Info, "1 blank row of the file is skipped. It stays in the file.")
	case note == "" && len(lines) == 1 && f.BlankCount > 1:
		w.layer.Say(look.Info, look.Count(f.BlankCount)+" blank rows of the file are skipped. They stay in the file.")
	default:
		text := strings.TrimSpace(note + " " + lines[0].Text)
		if n := len(lines) - 1; n > 0 {
			text += " " + words.Plural(n, "more thing was", "more things were") + " found in the file."
		}
		mood := look.Info
		if d.Options().Salvage {
			mood = look.Warning
		}
		w.ofFile = true
		w.layer.SayWith(mood, text, "Show", func() { w.goTo(stepColumns) })
	}
}

// hiddenSheets says whether the workbook holds a sheet that a person does not
// see in it.
func hiddenSheets(d *workbench.Document) bool {
	return slices.ContainsFunc(d.Facts().Sheets, func(s workbook.SheetInfo) bool { return s.Hidden || s.Kind != "" })
}
