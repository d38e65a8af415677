package columns

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// showFound lists what was found in the file, as plain sentences, each with its
// choice where there is one.
func (s *Screen) showFound(d *workbench.Document) {
	lines := Found(d.Facts(), d.Options())
	s.found.Objects = nil
	if len(lines) == 0 {
		s.found.Hide()
		return
	}
	objects := []fyne.CanvasObject{look.NewHeading("What we found in your file")}
	for _, l := range lines {
		text := look.NewSpans(look.TextBody, look.Span{Text: "•  " + l.Text}).Cut()
		text.SetToolTip(l.Text)
		if l.Choice == "" {
			objects = append(objects, text)
			continue
		}
		b := look.NewSmallButton(l.Choice, watch.Wrap("button columns.found", func() { s.facts.with(l.Do) }))
		objects = append(objects, look.Row(10, look.NewText("•  "+l.Text), b))
	}
	if n := len(d.Facts().Oddities); n > 0 {
		b := look.NewSmallButton("Show them", watch.Wrap("button columns.oddities", func() { s.showOddities(d.Facts().Oddities) }))
		objects = append(objects, look.Row(10, look.NewText("•  "+plural(n, "place was", "places were")+" not well formed, and read as a person would read them."), b))
	}
	s.found.Objects = []fyne.CanvasObject{look.Card(look.Column(6, objects...))}
	s.found.Show()
	s.found.Refresh()
}

// Line is a sentence about the file, with a choice or without.
type Line struct {
	Text, Choice string
	Do           func(o *workbench.OpenOptions)
}

// Found says in sentences what was found in a file.
func Found(f workbook.Facts, o workbench.OpenOptions) []Line {
	var out []Line
	say := func(ok bool, text string) {
		if ok {
			out = append(out, Line{Text: text})
		}
	}
	say(f.Format == "csv" && !f.EncodingSure && f.Encoding != "" && !strings.EqualFold(f.Encoding, "UTF-8"),
		"The encoding was guessed. If letters look wrong, choose another one above.")
	say(len(f.Preamble) > 0, rowsText(f.Preamble)+" above the header "+areOr(len(f.Preamble))+" left out.")
	say(f.BlankCount > 0, plural(f.BlankCount, "blank row is", "blank rows are")+" skipped"+listed(f.BlankRows, f.BlankCount)+".")
	out = append(out, leftOut(f, o)...)
	say(len(f.HiddenColumns) > 0, plural(len(f.HiddenColumns), "column is", "columns are")+" hidden in the sheet, and read all the same.")
	say(len(f.MergedCells) > 0, plural(len(f.MergedCells), "merged range", "merged ranges")+": only the first cell of each has the text ("+some(f.MergedCells)+").")
	say(f.FormulaCount > 0, plural(f.FormulaCount, "cell comes", "cells come")+" from a formula; the results that Excel kept are used ("+some(f.Formulas)+").")
	say(len(f.FormulasEmpty) > 0, plural(len(f.FormulasEmpty), "formula has", "formulas have")+" no result in the file: open it in Excel and save it once ("+some(f.FormulasEmpty)+").")
	say(f.Macros, "The workbook holds macros. They never run here.")
	say(f.Encrypted, "The workbook was opened with its password.")
	return out
}

// leftOut tells of rows that may be no users, with the choice to take or leave
// them.
func leftOut(f workbook.Facts, o workbench.OpenOptions) []Line {
	var out []Line
	left := map[int]bool{}
	list := o.LeaveOut
	if list == nil {
		list = append(append([]int{}, f.TotalsRows...), f.ExampleRows...)
	}
	for _, row := range list {
		left[row] = true
	}
	add := func(rows []int, what string) {
		if len(rows) == 0 {
			return
		}
		l := Line{Text: rowsText(rows) + " " + what}
		if left[rows[0]] {
			l.Text += " and left out."
			l.Choice = "Take them in"
			l.Do = func(o *workbench.OpenOptions) { o.LeaveOut = without(list, rows) }
		} else {
			l.Text += " and taken in."
			l.Choice = "Leave them out"
			l.Do = func(o *workbench.OpenOptions) { o.LeaveOut = append(append([]int{}, list...), rows...) }
		}
		out = append(out, l)
	}
	add(f.TotalsRows, areOr(len(f.TotalsRows))+" taken for totals")
	add(f.ExampleRows, areOr(len(f.ExampleRows))+" taken for examples of the template")
	add(f.FilteredRows, areOr(len(f.FilteredRows))+" hidden by a filter")
	add(minus(f.HiddenRows, f.FilteredRows), areOr(len(minus(f.HiddenRows, f.FilteredRows)))+" hidden in the sheet")
	return out
}

func areOr(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// without keeps the rows of list that are not in rows; never nil, which would
// be the file's own choice.
func without(list, rows []int) []int { return append([]int{}, minus(list, rows)...) }

func minus(list, rows []int) []int {
	var kept []int
	for _, v := range list {
		if indexOf(rows, v) < 0 {
			kept = append(kept, v)
		}
	}
	return kept
}

// rowsText names rows: "Row 4", "Rows 3, 4 and 9", "12 rows".
func rowsText(rows []int) string {
	switch n := len(rows); {
	case n == 0:
		return "No rows"
	case n == 1:
		return fmt.Sprintf("Row %d", rows[0])
	case n <= 5:
		names := make([]string, n)
		for i, r := range rows {
			names[i] = strconv.Itoa(r)
		}
		return "Rows " + strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	default:
		return look.Count(n) + " rows"
	}
}

func listed(rows []int, count int) string {
	if count == 0 || count > 5 {
		return ""
	}
	return " (" + strings.ToLower(rowsText(rows)) + ")"
}

func some(cells []string) string {
	const most = 4
	if len(cells) > most {
		return strings.Join(cells[:most], ", ") + ", …"
	}
	return strings.Join(cells, ", ")
}

// showOddities lists the places that were not well formed.
func (s *Screen) showOddities(all []workbook.Oddity) {
	const most = 200
	var lines []string
	for i, o := range all {
		if i == most {
			lines = append(lines, "… and "+look.Count(len(all)-most)+" more")
			break
		}
		lines = append(lines, fmt.Sprintf("Line %s: %s", look.Count(o.Line), o.What))
	}
	s.layer.Show(ask.LongText("oddities", "Not well formed", lines))
}
