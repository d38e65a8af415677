package report

import (
	"fmt"
	"io"
	"time"
)

// Import is the report of one import, row by row.
type Import struct {
	ID      string
	Account string
	File    string
	When    time.Time
	// Summary is the figures in words: "86 added · 110 updated · 2 refused".
	Summary string
	// Differences name each way in which the result is not the plan.
	Differences []string
	Rows        []ImportRow
}

// ImportRow is what became of one user.
type ImportRow struct {
	Number  int
	Email   string
	Name    string
	Action  string
	Outcome string
	Changes string
	Message string
}

// Wrong says that the row needs a look.
func (r ImportRow) Wrong() bool { return r.Outcome == "refused" || r.Outcome == "failed" }

// Row is the file's row number in words.
func (r ImportRow) Row() string { return Line{Number: r.Number}.number() }

// Write writes the report in a format.
func (i *Import) Write(w io.Writer, f Format) error {
	switch f {
	case XLSX:
		return i.writeXLSX(w)
	case HTML:
		return writePage(w, "import", i)
	}
	return writeCSV(w, i.table())
}

func (i *Import) table() [][]string {
	rows := [][]string{{"Row", "Primary Email", "Display Name", "Planned", "Result", "Changes", "Message"}}
	for _, r := range i.Rows {
		rows = append(rows, []string{r.Row(), r.Email, r.Name, r.Action, r.Outcome, r.Changes, r.Message})
	}
	return rows
}

func (i *Import) writeXLSX(w io.Writer) error {
	b, err := newBook("Import")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	defer b.Close()
	if err := b.list("Import", i.table(), 8, 34, 26, 12, 12, 60, 60); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return b.Write(w)
}

// Plan is the preview as a table.
type Plan struct{ Rows []ImportRow }

// Write writes the plan as CSV or XLSX.
func (p *Plan) Write(w io.Writer, f Format) error {
	rows := [][]string{{"Row", "Action", "Primary Email", "Display Name", "What changes", "Message"}}
	for _, r := range p.Rows {
		rows = append(rows, []string{r.Row(), r.Action, r.Email, r.Name, r.Changes, r.Message})
	}
	if f != XLSX {
		return writeCSV(w, rows)
	}
	b, err := newBook("Preview")
	if err != nil {
		return fmt.Errorf("write preview: %w", err)
	}
	defer b.Close()
	if err := b.list("Preview", rows, 8, 12, 34, 26, 80, 60); err != nil {
		return fmt.Errorf("write preview: %w", err)
	}
	return b.Write(w)
}
