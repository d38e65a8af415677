package workbench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rollcall/internal/check"
	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/push"
	"rollcall/internal/report"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbook"
)

// ReportInput is the error report at one moment, for writing in any goroutine.
type ReportInput struct {
	report report.Errors
	source string // the file that is open; "" for the sample
}

// ReportInput takes the findings as they are now. It is for the UI goroutine.
func (d *Document) ReportInput() ReportInput {
	counts := d.Counts()
	r := report.Errors{
		File: d.name, When: d.bench.now(), Rows: counts.Rows, Errors: counts.Errors + counts.WholeErrors, Warnings: counts.Warnings,
		Header: roster.Headers(),
	}
	if d.dir != nil {
		r.Account = d.dir.Account
	}
	for _, c := range d.NotChecked() {
		r.NotChecked = append(r.NotChecked, fmt.Sprintf("Not checked, since no account is known: %s.", c))
	}
	last := sheet.None
	for f := range d.AllFindings() {
		if f.WholeFile() {
			r.Whole = append(r.Whole, reported(&f))
			continue
		}
		if len(r.Lines) == 0 || f.Row != last {
			texts := d.view.Row(f.Row)
			r.Lines = append(r.Lines, report.Line{Number: d.FileRow(f.Row), Cells: texts[:]})
			last = f.Row
		}
		line := &r.Lines[len(r.Lines)-1]
		line.Findings = append(line.Findings, reported(&f))
	}
	return ReportInput{report: r, source: d.book.Path}
}

func reported(f *check.Finding) report.Finding {
	out := report.Finding{
		Column: int(f.Column), Name: f.Column.Header(), Value: f.Value,
		Error: f.Severity == check.Error, Code: string(f.Code), Message: f.Message,
	}
	if f.HasSuggestion {
		out.Suggestion = f.Suggestion
	}
	return out
}

// ErrorReport writes the error report, .csv, .xlsx or .html, never over the file
// that it is about.
func (b *Bench) ErrorReport(_ context.Context, in ReportInput, path string) error {
	format, err := report.FormatOf(path)
	if err != nil {
		return err
	}
	if err := notOver(in.source, "report", path); err != nil {
		return err
	}
	return write(path, func(w io.Writer) error { return in.report.Write(w, format) })
}

// write makes the file in memory first, so that a report that cannot be made
// leaves nothing behind.
func write(path string, fill func(io.Writer) error) error {
	var buf bytes.Buffer
	if err := fill(&buf); err != nil {
		return err
	}
	return workbook.WriteAtomic(path, func(w io.Writer) error {
		_, err := w.Write(buf.Bytes())
		return err
	})
}

// SavePlan writes the preview, .csv, .xlsx or .json.
func (b *Bench) SavePlan(_ context.Context, p *plan.Plan, path string) error {
	if strings.HasSuffix(strings.ToLower(path), ".json") {
		return write(path, func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			return e.Encode(p.Summary())
		})
	}
	format, err := report.FormatOf(path)
	if err != nil || format == report.HTML {
		return problem.New("The preview can be saved as .csv, .xlsx or .json. Give the file one of these endings.", err)
	}
	r := report.Plan{}
	for i := range p.Entries {
		e := &p.Entries[i]
		r.Rows = append(r.Rows, report.ImportRow{
			Number: e.Number, Email: e.Email(), Name: e.After.DisplayName, Action: string(e.Action),
			Changes: ChangesText(e.Changes), Message: e.Reason,
		})
	}
	return write(path, func(w io.Writer) error { return r.Write(w, format) })
}

// ChangesText says changes in one line: "Role User → Admin · Groups + APAC".
func ChangesText(changes []plan.Change) string {
	parts := make([]string, 0, len(changes))
	for _, c := range changes {
		name := FieldName(c.Field)
		gained, lost := c.Gained(), c.Lost()
		switch {
		case len(gained)+len(lost) > 0:
			text := name
			for _, v := range gained {
				text += " + " + v
			}
			for _, v := range lost {
				text += " − " + v
			}
			parts = append(parts, text)
		case c.From == "":
			parts = append(parts, name+" "+c.To)
		default:
			parts = append(parts, name+" "+c.From+" → "+c.To)
		}
	}
	return strings.Join(parts, " · ")
}

// FieldName is a field's name for people.
func FieldName(f plan.Field) string {
	switch f {
	case plan.FieldStatus:
		return "Status"
	case plan.FieldName:
		return "Name"
	case plan.FieldRole:
		return "Role"
	case plan.FieldGroups:
		return "Groups"
	case plan.FieldIdentifiers:
		return "Source"
	}
	return string(f)
}

// AttentionLines says what deserves a second look, one line a class.
func AttentionLines(a plan.Attention) []string {
	var out []string
	add := func(ok bool, text string) {
		if ok {
			out = append(out, text)
		}
	}
	add(a.BecomesAdmin > 0, plural(a.BecomesAdmin, "user becomes", "users become")+" Admin")
	add(a.Archived > 0, plural(a.Archived, "active user becomes", "active users become")+" Archived")
	add(a.LosesAdmin > 0, plural(a.LosesAdmin, "user loses", "users lose")+" the Admin role")
	add(a.LastAdmin, "the account would have no active Admin left")
	add(a.Self, "your own user changes")
	add(a.ArchivesMany, "more than a fifth of the active users would be archived")
	return out
}

// ConfirmWord is what has to be typed by hand before a plan that deserves a
// second look is sent.
func ConfirmWord(a plan.Attention) string {
	if a.Archived > 0 && a.BecomesAdmin == 0 {
		return "archive"
	}
	return "import"
}

// SaveRows writes rows of an import as a template CSV or XLSX, to be fixed and
// sent again.
func (b *Bench) SaveRows(_ context.Context, outcomes []push.Outcome, p *plan.Plan, path string) error {
	return workbook.Write(path, workbook.Sheet{Header: roster.Headers(), Rows: func(yield func([]string) bool) {
		for _, o := range outcomes {
			if o.Result != push.Refused && o.Result != push.Failed {
				continue
			}
			if o.Entry >= len(p.Entries) {
				continue
			}
			if row, _ := templateRow(&p.Entries[o.Entry].After, nil); !yield(row) {
				return
			}
		}
	}})
}
