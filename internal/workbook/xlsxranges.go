package workbook

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rollcall/internal/workbook/formula"
)

// ranges moves what stands beside the cells of a sheet whose rows move, ranges,
// rules, links and extensions, and the references in its formulas.
type ranges struct {
	rows      formula.RowShift
	edit      *xmlEdit
	cell      formula.Shift // for formulas that stand in one place
	rule      formula.Shift // for those of the rule that is open
	lastBreak int
}

// emptied says what becomes of a list of which nothing is left: the schema
// wants each of them to have something in it.
var emptied = map[string]verdict{
	"mergeCells": drop, "hyperlinks": drop, "dataValidations": drop, "ignoredErrors": drop, "protectedRanges": drop, "rowBreaks": drop,
	"cellWatches": drop, "scenario": drop, "scenarios": drop, "conditionalFormattings": drop,
	"sparklines": dropItem, "sparklineGroups": drop, "ext": drop, "extLst": drop,
}

// movedRanges is a sheet's part, in which the cells have moved, with its ranges
// and formulas moved too.
func movedRanges(ctx context.Context, part []byte, rows formula.RowShift, sheet string) ([]byte, error) {
	r := ranges{rows: rows, cell: formula.Shift{Rows: rows, Sheet: sheet, Here: true}}
	r.edit = &xmlEdit{start: r.tag, text: r.text, lists: emptied}
	return r.edit.apply(ctx, part)
}

func (r *ranges) tag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	switch name := string(s.name); name {
	case "f":
		return r.formulaTag(s, tag)
	case "mergeCell":
		return r.item(s, tag, "ref")
	case "hyperlink":
		if place := s.attrText("location"); place != "" {
			tag = withAttr(tag, "location", r.cell.Location(place))
		}
		return r.item(s, tag, "ref")
	case "ignoredError", "protectedRange":
		if r.edit.around(1) == "ext" {
			return nil, keep // its range stands in it
		}
		return r.item(s, tag, "sqref")
	case "cellWatch", "inputCells":
		return r.item(s, tag, "r")
	case "conditionalFormatting", "dataValidation":
		return r.startRule(s, tag)
	case "cfvo":
		return r.threshold(s, tag)
	case "mergeCells", "hyperlinks", "dataValidations", "rowBreaks":
		// How many there are is stated, and need not be.
		r.lastBreak = 0
		return withoutAttr(withoutAttr(tag, "count"), "manualBreakCount"), keep
	case "autoFilter", "sortState", "sortCondition":
		return r.filter(s, tag)
	case "brk":
		return r.pageBreak(s, tag)
	case "dataRef":
		return movedSource(s, tag, r.cell)
	case "control", "controlPr":
		return tiedCells(s, tag, r.cell)
	case "scenarios":
		return withAttr(tag, "sqref", r.rows.NearRefs(s.attrText("sqref"))), keep
	case "sheetPr":
		return r.moved(s, tag, "syncRef"), keep
	case "sheetView", "pane", "customSheetView":
		return r.moved(s, tag, "topLeftCell"), keep
	case "selection":
		return r.moved(s, r.moved(s, tag, "activeCell"), "sqref"), keep
	}
	return nil, keep
}

// formulaTag moves the range that the formula of a cell is for.
func (r *ranges) formulaTag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	if len(s.attrs) == 0 {
		return nil, keep
	}
	for _, attr := range []string{"ref", "r1", "r2"} {
		old := s.attrText(attr)
		if old == "" {
			continue
		}
		moved, ok := r.rows.Ref(old)
		if !ok {
			return nil, giveUp // the cell that a table of what-if values varies
		}
		tag = withAttr(tag, attr, moved)
	}
	return tag, keep
}

// extensionRange is the range that stands behind the formulas of an extension's
// rule, and ruleLength how far behind its beginning at most.
var extensionRange = regexp.MustCompile(`<(?:\w+:)?sqref\s*>([^<]*)<`)

const ruleLength = 64 << 10

// startRule moves the range of a rule, and keeps for its formulas where its
// first cell goes.
func (r *ranges) startRule(s *xmlScanner, tag []byte) ([]byte, verdict) {
	out, what := tag, keep
	old := s.attrText("sqref")
	if old != "" {
		out, what = r.item(s, tag, "sqref")
	} else {
		rest := r.edit.part[r.edit.at:]
		m := extensionRange.FindSubmatch(rest[:min(len(rest), ruleLength)])
		if m == nil {
			return nil, giveUp
		}
		old = string(m[1])
	}
	moved, _ := r.rows.Refs(old)
	r.rule = r.cell
	r.rule.From, r.rule.To = max(1, formula.FirstRow(old)), max(1, formula.FirstRow(moved))
	return out, what
}

// threshold moves the cell that a colour scale, a bar or a set of icons begins
// or ends at. In an extension it stands in an element of its own.
func (r *ranges) threshold(s *xmlScanner, tag []byte) ([]byte, verdict) {
	text := s.attrText("val")
	if text == "" {
		return nil, keep
	}
	moved, ok := r.rule.Move(text)
	if !ok {
		return nil, giveUp
	}
	if moved == text {
		return nil, keep
	}
	return withAttr(tag, "val", moved), keep
}

// filter moves the range of a filter, which keeps its header, or of an order.
func (r *ranges) filter(s *xmlScanner, tag []byte) ([]byte, verdict) {
	old := s.attrText("ref")
	moved, ok := r.rows.Ref(old)
	first, _ := formula.RangeRows(old)
	switch isFilter := string(s.name) == "autoFilter"; {
	case isFilter && (!ok || r.rows.Gone(first)):
		return nil, giveUp // with its header goes the filter, and a name beside it
	case !ok:
		return nil, drop
	}
	return withAttr(tag, "ref", moved), keep
}

// pageBreak moves a break between rows, of which no two are at one place.
func (r *ranges) pageBreak(s *xmlScanner, tag []byte) ([]byte, verdict) {
	row, err := strconv.Atoi(s.attrText("id"))
	if err != nil || r.edit.around(0) != "rowBreaks" {
		return nil, keep
	}
	moved := r.rows.To(row+1) - 1
	if moved <= r.lastBreak && row > 0 {
		return nil, drop
	}
	r.lastBreak = moved
	return withAttr(tag, "id", strconv.Itoa(moved)), keep
}

// item moves the ranges of one of several elements, which goes with them.
func (r *ranges) item(s *xmlScanner, tag []byte, attr string) ([]byte, verdict) {
	moved, ok := r.rows.Refs(s.attrText(attr))
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

// moved moves a cell or range that is in sight, if it is stated.
func (r *ranges) moved(s *xmlScanner, tag []byte, attr string) []byte {
	old := s.attrText(attr)
	if old == "" {
		return tag
	}
	return withAttr(tag, attr, r.rows.NearRefs(old))
}

func (r *ranges) text(element, text string) (string, verdict) {
	switch element {
	case "f":
		return r.formula(text)
	case "row":
		if around := r.edit.around(1); around == "from" || around == "to" {
			return anchorRow(r.rows, text)
		}
	case "formula", "formula1", "formula2":
		return movedOr(giveUp, r.rule, text)
	case "sqref":
		moved, ok := r.rows.Refs(text)
		known := slices.Contains([]string{"sparkline", "conditionalFormatting", "dataValidation", "ignoredError", "protectedRange"}, r.edit.around(1))
		switch {
		case !known && moved != text:
			return text, giveUp
		case !ok:
			return text, dropItem
		}
		return moved, keep
	}
	return text, keep
}

// formula moves the formula of a cell or of an extension, of which it must be
// known where it is written for.
func (r *ranges) formula(text string) (string, verdict) {
	switch r.edit.around(1) {
	case "c", "webExtension":
		return movedOr(giveUp, r.cell, text)
	case "sparkline", "sparklineGroup":
		return movedSparkline(r.cell, text)
	case "cfRule", "cfvo", "formula1", "formula2":
		return movedOr(giveUp, r.rule, text)
	}
	if moved, what := movedOr(giveUp, r.cell, text); what != keep || moved != text {
		return text, giveUp
	}
	return text, keep
}

// movedOr is a formula after the move, or another verdict where it is not
// understood.
func movedOr(other verdict, shift formula.Shift, text string) (string, verdict) {
	if strings.TrimSpace(text) == "" {
		return text, keep
	}
	moved, ok := shift.Move(text)
	if !ok {
		return text, other
	}
	return moved, keep
}

// movedSparkline moves the range that a sparkline draws; without any it is
// empty, as Excel keeps it.
func movedSparkline(shift formula.Shift, text string) (string, verdict) {
	moved, what := movedOr(giveUp, shift, text)
	if what == keep && moved != text && strings.Contains(moved, formula.LostReference) {
		return text, drop
	}
	return moved, what
}

// movedSource moves a range of the sheet that is stated as that of data which
// stand elsewhere. It must keep its header and a row.
func movedSource(s *xmlScanner, tag []byte, shift formula.Shift) ([]byte, verdict) {
	old, sheet := s.attrText("ref"), s.attrText("sheet")
	if old == "" || s.attrText("id") != "" || !strings.EqualFold(sheet, shift.Sheet) {
		return nil, keep // a name, a table or another workbook
	}
	moved, ok := shift.Rows.Ref(old)
	first, last := formula.RangeRows(old)
	from, to := formula.RangeRows(moved)
	if !ok || shift.Rows.Gone(first) || last > first && to <= from {
		return nil, giveUp
	}
	return withAttr(tag, "ref", moved), keep
}
