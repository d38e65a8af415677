package workbook

import (
	"context"
	"regexp"
	"strconv"
	"strings"
)

// besideCells takes an element beside the cells of a sheet whose rows move: it
// must be one of which it is known what it says of rows.
func (p *sheetPatch) besideCells(name string, start, end int) error {
	switch name {
	case "dimension":
		p.upTo(start)
		p.out.Write(p.dimension(p.part[start:end]))
		p.copied = end
	case "sheetData", "sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetCalcPr", "sheetProtection", "protectedRanges", "autoFilter", "sortState", "mergeCells",
		"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
		"ignoredErrors", "extLst", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "tableParts":
	default:
		return errNotPatchable
	}
	return nil
}

var lastRef = regexp.MustCompile(`(ref\s*=\s*["'][A-Z]+\d+:[A-Z]+)(\d+)(["'])`)

// dimension is the statement of the sheet's size after its rows moved.
func (p *sheetPatch) dimension(tag []byte) []byte {
	m := lastRef.FindSubmatchIndex(tag)
	if m == nil {
		return tag
	}
	last, ok := number(tag[m[4]:m[5]])
	if !ok {
		return tag
	}
	moved := last
	for row := range p.rows.deleted {
		if row < last {
			moved--
		}
	}
	for after, rows := range p.rows.inserted {
		if after <= last {
			moved += len(rows)
		}
	}
	return []byte(string(tag[:m[4]]) + strconv.Itoa(max(1, moved)) + string(tag[m[5]:]))
}

// ranges moves the ranges and rules that stand beside the cells of a sheet.
type ranges struct {
	rows  rowShift
	sheet string
	rule  formulaShift // for the formulas of the rule that is open
	ext   bool         // the extensions at the end were reached
}

// movedRanges is a sheet's part, in which the cells have moved, with its ranges
// moved too.
func movedRanges(ctx context.Context, part []byte, rows rowShift, sheet string) ([]byte, error) {
	r := ranges{rows: rows, sheet: sheet}
	e := xmlEdit{start: r.tag, text: r.text, lists: map[string]bool{
		"mergeCells": true, "hyperlinks": true, "dataValidations": true, "ignoredErrors": true, "protectedRanges": true, "rowBreaks": true,
	}}
	return e.apply(ctx, part)
}

func (r *ranges) tag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	name := string(s.name)
	switch name {
	case "c", "row", "v", "is", "t", "f":
		return nil, keep
	case "extLst":
		r.ext = true
	case "mergeCell", "hyperlink":
		return r.item(s, tag, "ref")
	case "ignoredError", "protectedRange":
		return r.item(s, tag, "sqref")
	case "conditionalFormatting", "dataValidation":
		old := s.attrText("sqref")
		out, what := r.item(s, tag, "sqref")
		moved, _ := r.rows.refs(old)
		r.rule = formulaShift{rows: r.rows, sheet: r.sheet, here: true, from: max(1, firstRow(old)), to: max(1, firstRow(moved))}
		return out, what
	case "cfvo":
		if s.attrText("type") == "formula" {
			return nil, giveUp
		}
	case "mergeCells", "hyperlinks", "dataValidations", "rowBreaks":
		// How many there are is stated, and need not be.
		return withoutAttr(withoutAttr(tag, "count"), "manualBreakCount"), keep
	case "autoFilter", "sortState", "sortCondition":
		old := s.attrText("ref")
		moved, ok := r.rows.ref(old)
		if first, _ := rangeRows(old); !ok || name == "autoFilter" && r.rows.gone(first) {
			return nil, giveUp
		}
		return withAttr(tag, "ref", moved), keep
	case "sheetView", "pane":
		return r.moved(s, tag, "topLeftCell"), keep
	case "selection":
		tag = r.moved(s, tag, "activeCell")
		if sqref := s.attrText("sqref"); sqref != "" {
			tag = withAttr(tag, "sqref", r.rows.near(sqref))
		}
		return tag, keep
	case "brk":
		row, err := strconv.Atoi(s.attrText("id"))
		if err != nil || s.attrText("max") != "16383" {
			return nil, keep // a break between columns
		}
		return withAttr(tag, "id", strconv.Itoa(r.rows.to(row+1)-1)), keep
	}
	return nil, keep
}

// item moves the ranges of one of several elements, which goes with them.
func (r *ranges) item(s *xmlScanner, tag []byte, attr string) ([]byte, verdict) {
	moved, ok := r.rows.refs(s.attrText(attr))
	if !ok {
		return nil, drop
	}
	if string(s.name) == "mergeCell" {
		if a, b, isRange := strings.Cut(moved, ":"); !isRange || a == b {
			return nil, drop
		}
	}
	return withAttr(tag, attr, moved), keep
}

// moved moves a cell that is in sight, if it is stated.
func (r *ranges) moved(s *xmlScanner, tag []byte, attr string) []byte {
	old := s.attrText(attr)
	if old == "" {
		return tag
	}
	return withAttr(tag, attr, r.rows.near(old))
}

func (r *ranges) text(element, text string) (string, verdict) {
	cell := formulaShift{rows: r.rows, sheet: r.sheet, here: true}
	switch element {
	case "f":
		// An extension's formula is written for a cell that is stated behind it.
		moved, ok := cell.move(text)
		if !ok || r.ext && moved != text {
			return text, giveUp
		}
		return moved, keep
	case "sqref":
		moved, ok := r.rows.refs(text)
		if !ok {
			return text, giveUp
		}
		return moved, keep
	case "formula", "formula1", "formula2":
		moved, ok := r.rule.move(text)
		if !ok {
			return text, giveUp
		}
		return moved, keep
	}
	return text, keep
}

// statedCount are the attributes that state how many elements follow.
var statedCount = map[string]*regexp.Regexp{
	"count":            regexp.MustCompile(`\scount\s*=\s*("[^"]*"|'[^']*')`),
	"manualBreakCount": regexp.MustCompile(`\smanualBreakCount\s*=\s*("[^"]*"|'[^']*')`),
}

// withoutAttr is a tag without one of these.
func withoutAttr(tag []byte, name string) []byte {
	m := statedCount[name].FindIndex(tag)
	if m == nil {
		return tag
	}
	return append(append([]byte{}, tag[:m[0]]...), tag[m[1]:]...)
}
