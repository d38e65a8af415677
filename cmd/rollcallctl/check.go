package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
)

// findingJSON is one finding of `check --json`.
type findingJSON struct {
	// Row is the record's number in the file, Line the physical line on which
	// it begins; a workbook has no lines.
	Row        int     `json:"row"`
	Line       int     `json:"line,omitempty"`
	Column     string  `json:"column"`
	Value      string  `json:"value"`
	Severity   string  `json:"severity"`
	Code       string  `json:"code"`
	Message    string  `json:"message"`
	Suggestion *string `json:"suggestion"`
	Certain    bool    `json:"certain"`
}

// checkJSON is the object of `check --json`.
type checkJSON struct {
	File       string        `json:"file"`
	Rows       int           `json:"rows"`
	Errors     int           `json:"errors"`
	Warnings   int           `json:"warnings"`
	Facts      any           `json:"facts"`
	NotChecked []check.Code  `json:"notChecked"`
	Findings   []findingJSON `json:"findings"`
	// Written are the files that the command wrote.
	Written []string `json:"written,omitempty"`
}

func (t *tool) checkCommand() *cobra.Command {
	var report string
	cmd := t.fileCommand("check FILE", "Say what is wrong in a file, and what to do about it",
		func(ctx context.Context, b *workbench.Bench, s *subject) error {
			d, err := s.open(ctx, b)
			if err != nil {
				return err
			}
			if report == "" {
				return t.tellFindings(s.path, d)
			}
			if err := b.ErrorReport(ctx, d.ReportInput(), report); err != nil {
				return err
			}
			t.say("The error report is in %s.", report)
			return t.tellFindings(s.path, d, report)
		})
	cmd.Flags().StringVar(&report, "report", "", "write the error report here (.csv, .xlsx or .html)")
	return cmd
}

// tellFindings writes the findings and ends as check does: errFound where a
// finding is an error. written are the files that the command wrote.
func (t *tool) tellFindings(name string, d *workbench.Document, written ...string) error {
	counts := d.Counts()
	if t.json {
		result := checkResult(name, d)
		result.Written = written
		if err := writeJSON(t.out, result); err != nil {
			return err
		}
	} else {
		t.printFindings(name, d, counts)
		t.sayFacts(d)
	}
	if counts.Errors+counts.WholeErrors > 0 {
		return errFound
	}
	return nil
}

func checkResult(name string, d *workbench.Document) checkJSON {
	counts := d.Counts()
	out := checkJSON{
		File: name, Rows: counts.Rows, Errors: counts.Errors + counts.WholeErrors, Warnings: counts.Warnings,
		Facts: d.FactsJSON(), NotChecked: d.NotChecked(), Findings: []findingJSON{},
	}
	if out.NotChecked == nil {
		out.NotChecked = []check.Code{}
	}
	for f := range d.AllFindings() {
		out.Findings = append(out.Findings, findingOf(d, &f))
	}
	return out
}

func findingOf(d *workbench.Document, f *check.Finding) findingJSON {
	j := findingJSON{
		Value: f.Value, Severity: f.Severity.String(), Code: string(f.Code), Message: f.Message, Certain: f.Certain,
	}
	if f.Column != check.NoColumn {
		j.Column = f.Column.Header()
	}
	if !f.WholeFile() {
		j.Row = d.FileRow(f.Row)
		if d.Facts().Format == "csv" {
			j.Line = d.Line(f.Row)
		}
	}
	if f.HasSuggestion {
		s := f.Suggestion
		j.Suggestion = &s
	}
	return j
}

// counted is "1 row" or "1,912 rows".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return workbench.Number(n) + " " + noun + "s"
}

func (t *tool) printFindings(name string, d *workbench.Document, counts workbench.Counts) {
	for f := range d.AllFindings() {
		where := name
		if !f.WholeFile() {
			where = fmt.Sprintf("%s:%d", name, d.FileRow(f.Row))
		}
		column := ""
		if f.Column != check.NoColumn {
			column = roster.Column(f.Column).Header() + ": "
		}
		suggestion := ""
		if f.HasSuggestion {
			suggestion = fmt.Sprintf(" Suggestion: %q.", f.Suggestion)
		}
		t.print("%s: %s: %s%s%s [%s]", where, f.Severity, column, f.Message, suggestion, f.Code)
	}
	if left := d.NotChecked(); len(left) > 0 {
		codes := make([]string, len(left))
		for i, c := range left {
			codes[i] = string(c)
		}
		t.say("Not checked, since what it takes of the account is not known: %s.", strings.Join(codes, ", "))
	}
	t.print("%s: %s, %s, %s", name, counted(counts.Rows, "row"), counted(counts.Errors+counts.WholeErrors, "error"), counted(counts.Warnings, "warning"))
}

// sayFacts tells what of the file is not a user's row, or is easily missed.
func (t *tool) sayFacts(d *workbench.Document) {
	f := d.Facts()
	if text := encodingDoubt(f.EncodingChoices); text != "" {
		t.say("%s", text)
	}
	if f.BlankCount > 0 {
		t.say("%s skipped.", counted(f.BlankCount, "blank row"))
	}
	for _, list := range []struct {
		rows []int
		what string
	}{
		{f.Preamble, "stand in front of the header and are not users"},
		{f.TotalsRows, "hold totals and are not users"},
		{f.ExampleRows, "hold the template's example and are not users"},
		{f.RepeatedHeaders, "are the header once more and are not users"},
		{f.HiddenRows, "are hidden and were read like the others"},
	} {
		if len(list.rows) > 0 {
			t.say("Rows that %s: %s.", list.what, rowList(list.rows))
		}
	}
	if len(f.MergedCells) > 0 {
		t.say("%s: only the first cell of each has a value.", counted(len(f.MergedCells), "merged range"))
	}
	if f.FormulaCount > 0 {
		t.say("%s read as the values that were saved with them.", counted(f.FormulaCount, "formula"))
	}
	for _, o := range f.Oddities {
		t.say("Line %d: %s", o.Line, o.What)
	}
}

// encodingDoubt says between which encodings of a file a person has to choose,
// with what the same cells read like in each; "" where there is no doubt.
func encodingDoubt(readings []workbook.Reading) string {
	if len(readings) < 2 {
		return ""
	}
	others := make([]string, 0, len(readings)-1)
	for _, r := range readings[1:] {
		others = append(others, r.Encoding+" ("+strings.Join(r.Cells, ", ")+")")
	}
	return fmt.Sprintf("The letters of this file were read as %s (%s), and could be %s as well: name the right encoding with --encoding.",
		readings[0].Encoding, strings.Join(readings[0].Cells, ", "), strings.Join(others, " or "))
}

// rowList is "2, 3, 7" and, of a long list, how many more there are.
func rowList(rows []int) string {
	const shown = 10
	parts := make([]string, 0, shown)
	for i, r := range rows {
		if i == shown {
			return strings.Join(parts, ", ") + " and " + workbench.Number(len(rows)-shown) + " more"
		}
		parts = append(parts, workbench.Number(r))
	}
	return strings.Join(parts, ", ")
}
