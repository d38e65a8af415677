package workbook

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"

	"rollcall/internal/workbook/formula"
)

// Comments and controls have shapes in a language of their own (VML) that is
// not always well-formed XML.
var (
	vmlShape   = regexp.MustCompile(`(?s)<v:shape .*?</v:shape>`)
	vmlRow     = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	vmlAnchor  = regexp.MustCompile(`<x:Anchor>([^<]*)</x:Anchor>`)
	vmlFormula = regexp.MustCompile(`(<x:Fmla(?:Link|Range|Group|Txbx|Pict)>)([^<]*)(</x:Fmla)`)
)

// shapes moves the shapes of the sheet's comments, controls and objects, and
// the cells that controls are tied to; on another sheet only the latter.
func (m *mover) shapes(name string, own bool) error {
	text, err := m.read(name, maxIndex)
	if err != nil {
		return err
	}
	shift := m.shift()
	shift.Here = own
	failed := false
	out := vmlFormula.ReplaceAllFunc(text, func(element []byte) []byte {
		part := vmlFormula.FindSubmatch(element)
		moved, what := movedOr(giveUp, shift, html.UnescapeString(string(part[2])))
		failed = failed || what != keep
		return []byte(string(part[1]) + escapeXML(moved) + string(part[3]))
	})
	if failed {
		return errNotPatchable
	}
	if own {
		out = vmlShape.ReplaceAllFunc(out, m.shape)
	}
	if !bytes.Equal(out, text) {
		m.parts[name] = out
	}
	return nil
}

// shape moves one of the sheet's shapes, with its comment, which goes with its
// cell, or with the rows between which a control stands.
func (m *mover) shape(shape []byte) []byte {
	row := vmlRow.FindSubmatch(shape)
	to := func(row int) int { return m.rows.To(row+1) - 1 }
	if row != nil {
		n, _ := strconv.Atoi(string(row[1]))
		if m.rows.Gone(n + 1) {
			return nil
		}
		by := to(n) - n
		shape = vmlRow.ReplaceAll(shape, []byte("<x:Row>"+strconv.Itoa(n+by)+"</x:Row>"))
		to = func(row int) int { return row + by }
	}
	return vmlAnchor.ReplaceAllFunc(shape, func(anchor []byte) []byte {
		fields := strings.Split(string(vmlAnchor.FindSubmatch(anchor)[1]), ",")
		for _, i := range []int{2, 6} { // the rows of its two corners
			if i < len(fields) {
				if at, err := strconv.Atoi(strings.TrimSpace(fields[i])); err == nil {
					fields[i] = " " + strconv.Itoa(max(0, to(at)))
				}
			}
		}
		return []byte("<x:Anchor>" + strings.Join(fields, ",") + "</x:Anchor>")
	})
}

// controlAttrs are the attributes of a control, and of its properties, that
// tie it to cells.
var controlAttrs = []string{"linkedCell", "listFillRange", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"}

// tiedCells moves the cells that a control is tied to.
func tiedCells(s *xmlScanner, tag []byte, shift formula.Shift) ([]byte, verdict) {
	for _, attr := range controlAttrs {
		old := s.attrText(attr)
		moved, what := movedOr(giveUp, shift, old)
		if what != keep {
			return nil, giveUp
		}
		if moved != old {
			tag = withAttr(tag, attr, moved)
		}
	}
	return tag, keep
}

// control moves the cells that the properties of a control name.
func (m *mover) control(name string, own bool) error {
	shift := m.shift()
	shift.Here = own
	return m.rewrite(name, xmlEdit{start: func(s *xmlScanner, tag []byte) ([]byte, verdict) {
		return tiedCells(s, tag, shift)
	}})
}
