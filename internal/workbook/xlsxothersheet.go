package workbook

import (
	"context"
	"slices"
	"strings"

	"rollcall/internal/workbook/formula"
)

// otherSheet moves what formulas, rules and links of another sheet refer to in
// this one. A sheet that refers to nothing here is only read through.
func (m *mover) otherSheet(name string) error {
	touched, err := m.mayTouch(name)
	if err != nil || !touched {
		return err
	}
	text, err := m.read(name, maxUnpacked)
	if err != nil {
		return err
	}
	l := loosening{shift: m.shift()}
	loose, err := l.loosened(m.ctx, text)
	if err != nil {
		return err
	}
	o := otherRanges{shift: m.shift()}
	o.edit = &xmlEdit{start: o.tag, text: o.text}
	m.formulas = true
	return m.change(name, text, func(ctx context.Context, _ []byte) ([]byte, error) { return o.edit.apply(ctx, loose) })
}

// mayTouch says that a sheet may refer to this one: its formulas or attributes
// hold this one's name.
func (m *mover) mayTouch(name string) (bool, error) {
	f := m.shift()
	inside, touched := false, false
	err := m.pack.scan(m.ctx, name, maxJunk, func(s *xmlScanner) error {
		s.allowed += allowCell
		switch s.kind {
		case xmlStart:
			switch string(s.name) {
			case "f", "formula", "formula1", "formula2":
				inside = !s.self
			case "hyperlink":
				touched = touched || f.MayName(s.attrText("location"))
			case "cfvo":
				touched = touched || f.MayName(s.attrText("val"))
			case "dataRef":
				touched = touched || f.MayName(s.attrText("sheet"))
			case "control", "controlPr":
				for _, attr := range controlAttrs {
					touched = touched || f.MayName(s.attrText(attr))
				}
			}
		case xmlEnd:
			inside = false
		case xmlText:
			touched = touched || inside && f.MayName(string(s.text))
		}
		return nil
	})
	return touched, err
}

// otherRanges moves what a sheet whose own rows stay refers to.
type otherRanges struct {
	shift formula.Shift
	edit  *xmlEdit
}

func (o *otherRanges) tag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	switch string(s.name) {
	case "hyperlink":
		if place := s.attrText("location"); place != "" {
			return withAttr(tag, "location", o.shift.Location(place)), keep
		}
	case "cfvo":
		text := s.attrText("val")
		if moved, ok := o.shift.Move(text); ok && moved != text {
			return withAttr(tag, "val", moved), keep
		}
	case "dataRef":
		return movedSource(s, tag, o.shift)
	case "control", "controlPr":
		return tiedCells(s, tag, o.shift)
	}
	return nil, keep
}

func (o *otherRanges) text(element, text string) (string, verdict) {
	if !slices.Contains([]string{"f", "formula", "formula1", "formula2"}, element) || !o.shift.MayName(text) {
		return text, keep
	}
	if around := o.edit.around(1); strings.HasPrefix(around, "sparkline") {
		return movedSparkline(o.shift, text)
	}
	return movedOr(giveUp, o.shift, text)
}
