package workbook

import "rollcall/internal/workbook/formula"

// pivotSource moves the range that a pivot table gathers its data from. What it
// gathered stays until someone refreshes it, as in Excel.
func (m *mover) pivotSource(name string) error {
	return m.rewrite(name, xmlEdit{start: func(s *xmlScanner, tag []byte) ([]byte, verdict) {
		switch string(s.name) {
		case "worksheetSource", "rangeSet":
			return movedSource(s, tag, m.shift())
		}
		return nil, keep
	}})
}

// pivotTable moves a pivot table that stands on the sheet. No row of it can be
// left out, and none put in: what it shows would not be what it gathered.
func (m *mover) pivotTable(name string) error {
	return m.rewrite(name, xmlEdit{start: func(s *xmlScanner, tag []byte) ([]byte, verdict) {
		if string(s.name) != "location" {
			return nil, keep
		}
		old, ok := formula.ParseArea(s.attrText("ref"))
		top := old.Top
		if pages := stated(s, "rowPageCount", 0); pages > 0 {
			top = max(1, top-pages-1) // its filters stand above it, with a row between
		}
		if !ok || !m.rows.Whole(top, old.Bottom) {
			return nil, giveUp
		}
		old.Top, old.Bottom = m.rows.To(old.Top), m.rows.To(old.Bottom)
		return withAttr(tag, "ref", old.String()), keep
	}})
}
