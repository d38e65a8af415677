package workbook

import (
	"bytes"
	"context"
	"regexp"
	"strconv"
	"strings"
)

// Rows may be left out of a sheet and put into it by renumbering those below
// only where nothing refers to rows by number: no formula, name, merged cell,
// table, drawing or rule, in the sheet or elsewhere.

// unrelatedParts are the beginnings of the names of parts that refer to no
// rows, or, being sheets, are looked into.
var unrelatedParts = []string{
	"[content_types].xml", "_rels/", "docprops/", "docmetadata/", "customxml/",
	"xl/workbook.xml", "xl/_rels/", "xl/sharedstrings.xml", "xl/styles.xml", "xl/theme/",
	"xl/worksheets/sheet", "xl/worksheets/_rels/", "xl/printersettings/",
}

// movable returns errNotPatchable where something in the workbook may refer to
// rows of the sheet in the given part.
func movable(ctx context.Context, plain []byte, part string) error {
	p, err := openPack(ctx, bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return err
	}
	for name := range p.files {
		if !unrelated(name) && name != part && name != p.main && name != p.strings && name != p.styles {
			return errNotPatchable
		}
	}
	refers := func(s *xmlScanner) error {
		if s.kind != xmlStart {
			return nil
		}
		s.allowed += allowCell
		switch string(s.name) {
		case "definedName", "f", "formula", "formula1", "formula2", "hyperlink", "dataRef", "oleObject", "control", "pivotCache", "customWorkbookView", "externalReference":
			return errNotPatchable
		}
		return nil
	}
	if err := p.scan(ctx, p.main, maxIndex, refers); err != nil {
		return err
	}
	for name := range p.files {
		if name == part || !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		if err := p.scan(ctx, name, maxJunk, refers); err != nil {
			return err
		}
	}
	return nil
}

func unrelated(name string) bool {
	for _, prefix := range unrelatedParts {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// besideCells takes an element beside the cells of a sheet whose rows move.
func (p *sheetPatch) besideCells(name string, start, end int) error {
	switch name {
	case "dimension":
		p.upTo(start)
		p.out.Write(p.dimension(p.part[start:end]))
		p.copied = end
	case "sheetData", "sheetPr", "sheetViews", "sheetFormatPr", "cols", "phoneticPr", "printOptions", "pageMargins", "pageSetup", "headerFooter":
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
