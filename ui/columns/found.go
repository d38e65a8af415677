package columns

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/look"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// showFound lists what was found in the file, as plain sentences, each with its
// choice where there is one.
func (s *Screen) showFound(d *workbench.Document) {
	lines := Found(d.Facts(), d.Options())
	if odd := d.Facts().Oddities; len(odd) > 0 {
		lines = append(lines, Line{
			Text:    words.Plural(len(odd), "place was", "places were") + " not well formed, and read as a person would read them.",
			Details: oddities(odd),
		})
	}
	s.found.Objects, s.foundButtons = nil, nil
	if len(lines) == 0 {
		s.found.Hide()
		return
	}
	objects := []fyne.CanvasObject{look.NewHeading("What we found in your file")}
	for _, l := range lines {
		objects = append(objects, s.foundLine(l))
	}
	s.found.Objects = []fyne.CanvasObject{look.Card(look.Column(6, objects...))}
	s.found.Show()
	s.found.Refresh()
}

// foundButton is a button behind a sentence, for tests.
type foundButton struct {
	*look.Button
	of string // the sentence
}

func (s *Screen) foundLine(l Line) fyne.CanvasObject {
	text := look.NewParagraph("•  "+l.Text, look.ColorText)
	parts := []fyne.CanvasObject{text}
	add := func(words string, f func()) {
		b := look.NewSmallButton(words, f)
		parts = append(parts, b)
		s.foundButtons = append(s.foundButtons, foundButton{b, l.Text})
	}
	if l.Choice != "" {
		add(l.Choice, watch.Wrap("button columns.found", func() { s.facts.with(l.Do) }))
	}
	if len(l.Details) > 0 {
		add("Show them", watch.Wrap("button columns.details", func() {
			s.layer.LongText("details", "What we found in your file", atMost(l.Details, mostListed))
		}))
	}
	return container.New(&sentence{text: l.Text, grown: func() { s.scroll.Refresh() }}, parts...)
}

// Line is a sentence about the file, with a choice or without.
type Line struct {
	Text, Choice string
	Do           func(o *workbench.OpenOptions)
	// Details are the places that the sentence counts, to be listed.
	Details []string
}

// Found says in sentences what was found in a file.
func Found(f workbook.Facts, o workbench.OpenOptions) []Line {
	var out []Line
	say := func(ok bool, text string) {
		if ok {
			out = append(out, Line{Text: text})
		}
	}
	list := func(ok bool, text string, details []string) {
		if ok {
			if len(details) <= shortList {
				details = nil // they stand in the sentence
			}
			out = append(out, Line{Text: text, Details: details})
		}
	}
	say(o.Salvage, "The workbook is damaged. What stands here could be read; what came behind is missing.")
	say(len(f.Sheets) > 1, sheetsText(f))
	say(f.HeaderRow == 0, "No row is taken for the header. If one is, choose it above.")
	out = append(out, readings(f)...)
	out = append(out, preamble(f)...)
	list(f.BlankCount > 0, words.Plural(f.BlankCount, "blank row is", "blank rows are")+" skipped"+listed(f.BlankRows, f.BlankCount)+".", rowNames(f.BlankRows))
	out = append(out, leftOut(f, o)...)
	say(len(f.HiddenColumns) > 0, words.Plural(len(f.HiddenColumns), "column is", "columns are")+" hidden in the sheet, and read all the same.")
	list(len(f.MergedCells) > 0, words.Plural(len(f.MergedCells), "merged range", "merged ranges")+": only the first cell of each has the text ("+some(f.MergedCells)+").", f.MergedCells)
	list(f.FormulaCount > 0, words.Plural(f.FormulaCount, "cell comes", "cells come")+" from a formula; the results that Excel kept are used ("+some(f.Formulas)+").", f.Formulas)
	list(len(f.FormulasEmpty) > 0, words.Plural(len(f.FormulasEmpty), "formula has", "formulas have")+" no result in the file: open it in Excel and save it once ("+some(f.FormulasEmpty)+").", f.FormulasEmpty)
	say(f.Macros, "The workbook holds macros. They never run here, and saving as .xlsx drops them.")
	say(f.Date1904, "The workbook counts days from 1904, as old Macs did. Its dates are read that way.")
	say(f.Encrypted, "The workbook was opened with its password.")
	return out
}

// readings asks in which encoding the letters are right, where the file leaves
// it open, with the same cells in each.
func readings(f workbook.Facts) []Line {
	if len(f.EncodingChoices) == 0 {
		return nil
	}
	out := []Line{{Text: "Some letters of this file can be read in more than one way. Which of these is right?"}}
	for i, r := range f.EncodingChoices {
		l := Line{Text: strings.Join(r.Cells, " · ") + "  – " + encodingLabel(r.Encoding), Choice: "This is right"}
		if i == 0 {
			l.Text += ", as it is read now"
		}
		l.Do = func(o *workbench.OpenOptions) { o.Encoding = r.Encoding }
		out = append(out, l)
	}
	return out
}

// leftOut tells of rows that may be no users, with the choice to take or leave
// them.
func leftOut(f workbook.Facts, o workbench.OpenOptions) []Line {
	var out []Line
	left := map[int]bool{}
	list := o.LeaveOut
	if list == nil {
		list = f.NoUsers()
	}
	for _, row := range list {
		left[row] = true
	}
	add := func(rows []int, what string) {
		if len(rows) == 0 {
			return
		}
		l := Line{Text: rowsText(rows) + " " + what}
		if len(rows) > shortList {
			l.Details = rowNames(rows)
		}
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
	add(f.RepeatedHeaders, areOr(len(f.RepeatedHeaders))+" taken for the header once more")
	add(f.FilteredRows, areOr(len(f.FilteredRows))+" hidden by a filter")
	add(minus(f.HiddenRows, f.FilteredRows), areOr(len(minus(f.HiddenRows, f.FilteredRows)))+" hidden in the sheet")
	return out
}

// preamble tells of rows above the header, which may be the header themselves.
func preamble(f workbook.Facts) []Line {
	if len(f.Preamble) == 0 {
		return nil
	}
	l := Line{Text: rowsText(f.Preamble) + " above the header " + areOr(len(f.Preamble)) + " left out."}
	row := f.Preamble[len(f.Preamble)-1]
	l.Choice = fmt.Sprintf("Row %d is the header", row)
	l.Do = func(o *workbench.OpenOptions) { o.HeaderRow = &row }
	if len(f.Preamble) > shortList {
		l.Details = rowNames(f.Preamble)
	}
	return []Line{l}
}

// sheetsText names the sheets that are not read.
func sheetsText(f workbook.Facts) string {
	var others []string
	for _, s := range f.Sheets {
		switch {
		case s.Name == f.Sheet:
		case s.Hidden:
			others = append(others, "“"+s.Name+"” (hidden)")
		default:
			others = append(others, "“"+s.Name+"”")
		}
	}
	return "Only the sheet “" + f.Sheet + "” is read. The workbook also holds " + some(others) + "."
}

// shortList is up to how many places stand in the sentence itself.
const shortList = 5

// rowNames is a line for each row.
func rowNames(rows []int) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = "Row " + look.Count(r)
	}
	return names
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
	case n <= shortList:
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
	if count == 0 || count > shortList {
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

// mostListed is how many places are listed at most.
const mostListed = 500

// oddities is a line for each place that was not well formed.
func oddities(all []workbook.Oddity) []string {
	lines := make([]string, len(all))
	for i, o := range all {
		lines[i] = fmt.Sprintf("Line %s: %s", look.Count(o.Line), o.What)
	}
	return lines
}

// atMost cuts a long list and says how much is left off.
func atMost(lines []string, most int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(slices.Clone(lines[:most]), "… and "+look.Count(len(lines)-most)+" more")
}
