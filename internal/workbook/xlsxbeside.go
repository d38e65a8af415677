package workbook

import (
	"regexp"
	"strconv"

	"rollcall/internal/workbook/formula"
)

// besideCells takes an element beside the cells of a sheet whose rows move: it
// must be one of which it is known what it says of rows. Newer writers put
// controls and objects into an element for those who know them.
func (p *sheetPatch) besideCells(name string, start, end int) error {
	switch name {
	case "dimension":
		p.upTo(start)
		p.out.Write(p.dimension(p.part[start:end]))
		p.copied = end
	case "sheetData", "sheetPr", "scenarios", "customSheetViews", "cellWatches", "dataConsolidate", "customProperties",
		"AlternateContent", "controls", "oleObjects", "sheetViews", "sheetFormatPr", "cols", "sheetCalcPr", "sheetProtection", "protectedRanges", "autoFilter", "sortState", "mergeCells",
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
	last, ok := formula.Number(tag[m[4]:m[5]])
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
