package workbook

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
		old, ok := parseArea(s.attrText("ref"))
		top := old.top
		if pages := stated(s, "rowPageCount", 0); pages > 0 {
			top = max(1, top-pages-1) // its filters stand above it, with a row between
		}
		if !ok || !m.rows.whole(top, old.bottom) {
			return nil, giveUp
		}
		old.top, old.bottom = m.rows.to(old.top), m.rows.to(old.bottom)
		return withAttr(tag, "ref", old.String()), keep
	}})
}
