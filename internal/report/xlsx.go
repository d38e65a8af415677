package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxHighlighted bounds the rows of the highlighted sheet: comments make a
// workbook slow to open. The list of findings beside it is whole.
const maxHighlighted = 20000

// maxCell is the most characters that a cell of a workbook holds.
const maxCell = 32767

type book struct {
	*excelize.File
	bold, wrong, warn, wrap int
}

func newBook(first string) (*book, error) {
	b := &book{File: excelize.NewFile()}
	if err := b.SetSheetName("Sheet1", first); err != nil {
		return nil, err
	}
	styles := []struct {
		to    *int
		style excelize.Style
	}{
		{&b.bold, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("F0F2F5")}},
		{&b.wrong, excelize.Style{Fill: fill("FEECE7"), Border: []excelize.Border{{Type: "left", Color: "D92D20", Style: 5}}}},
		{&b.warn, excelize.Style{Fill: fill("FFF6E0"), Border: []excelize.Border{{Type: "left", Color: "DC9A06", Style: 5}}}},
		{&b.wrap, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	}
	for i := range styles {
		id, err := b.NewStyle(&styles[i].style)
		if err != nil {
			return nil, err
		}
		*styles[i].to = id
	}
	return b, nil
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// CellText is what a cell of the highlighted workbook holds of a text: harmless,
// without the characters that no workbook holds, and cut at a cell's length.
func CellText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return '\ufffd'
		}
		return r
	}, Neutral(s))
	if utf8.RuneCountInString(s) > maxCell {
		return string([]rune(s)[:maxCell-1]) + "…"
	}
	return s
}

// list fills a sheet with rows, the first of them bold and frozen.
func (b *book) list(sheet string, rows [][]string, widths ...float64) error {
	w, err := b.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for r, row := range rows {
		cells := make([]any, len(row))
		for c, s := range row {
			cell := excelize.Cell{Value: CellText(s)}
			if r == 0 {
				cell.StyleID = b.bold
			}
			cells[c] = cell
		}
		if err := w.SetRow(fmt.Sprintf("A%d", r+1), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (e *Errors) writeXLSX(w io.Writer) error {
	b, err := newBook("Rows")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	defer b.Close()
	if _, err := b.NewSheet("Findings"); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := b.list("Findings", e.table(), 8, 20, 32, 10, 20, 60, 32); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := b.highlighted(e); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return b.Write(w)
}

// highlighted writes the rows with findings, each wrong cell tinted and with a
// comment that says what is wrong.
func (b *book) highlighted(e *Errors) error {
	const sheet = "Rows"
	header := append([]string{"Row"}, e.Header...)
	if err := b.SetSheetRow(sheet, "A1", &header); err != nil {
		return err
	}
	last, _ := excelize.CoordinatesToCellName(len(header), 1)
	if err := b.SetCellStyle(sheet, "A1", last, b.bold); err != nil {
		return err
	}
	if err := b.SetColWidth(sheet, "B", "Z", 26); err != nil {
		return err
	}
	if err := b.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, l := range e.Lines {
		if i == maxHighlighted {
			note := fmt.Sprintf("%d rows more have findings; they are in the sheet “Findings”.", len(e.Lines)-i)
			return b.SetCellStr(sheet, fmt.Sprintf("A%d", i+2), note)
		}
		if err := b.line(sheet, i+2, l); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) line(sheet string, row int, l Line) error {
	if err := b.SetCellStr(sheet, fmt.Sprintf("A%d", row), l.number()); err != nil {
		return err
	}
	for c, value := range l.Cells {
		name, _ := excelize.CoordinatesToCellName(c+2, row)
		if err := b.SetCellStr(sheet, name, CellText(value)); err != nil {
			return err
		}
	}
	said := make(map[int][]string)
	style := make(map[int]int)
	for _, f := range l.Findings {
		if f.Column < 0 {
			continue
		}
		said[f.Column] = append(said[f.Column], f.Message)
		if f.Error {
			style[f.Column] = b.wrong
		} else if style[f.Column] == 0 {
			style[f.Column] = b.warn
		}
	}
	for c, messages := range said {
		name, _ := excelize.CoordinatesToCellName(c+2, row)
		if err := b.SetCellStyle(sheet, name, name, style[c]); err != nil {
			return err
		}
		if err := b.AddComment(sheet, excelize.Comment{Cell: name, Author: "Rollcall", Text: strings.Join(messages, "\n")}); err != nil {
			return err
		}
	}
	return nil
}
