package workbook

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// drawing moves what a drawing of any sheet refers to, and on the sheet itself
// the rows between which its pictures stand.
func (m *mover) drawing(name string, own bool) error {
	shift := m.shift()
	shift.here = own
	e := xmlEdit{start: func(s *xmlScanner, tag []byte) ([]byte, verdict) {
		for _, attr := range []string{"textlink", "cellRange"} {
			old := s.attrText(attr)
			if old == "" {
				continue
			}
			moved, what := movedOr(keep, shift, old)
			if what == keep && moved != old {
				tag = withAttr(tag, attr, moved)
			}
		}
		return tag, keep
	}}
	if own {
		e.text = m.anchorRow
	}
	return m.rewrite(name, e)
}

// links moves the places in the workbook that a part's pictures or cells lead
// to, where they are stated like addresses.
func (m *mover) links(name string) error {
	return m.rewrite(name, xmlEdit{start: func(s *xmlScanner, tag []byte) ([]byte, verdict) {
		target := s.attrText("Target")
		if !strings.HasPrefix(target, "#") {
			return nil, keep
		}
		return withAttr(tag, "Target", m.shift().location(target)), keep
	}})
}

// chart moves the ranges that a chart of any sheet draws.
func (m *mover) chart(name string) error {
	return m.rewrite(name, xmlEdit{start: asItIs, text: func(element, text string) (string, verdict) {
		if !slices.Contains([]string{"f", "sqref"}, element) || !m.shift().mayName(text) {
			return text, keep
		}
		return movedOr(giveUp, m.shift(), text)
	}})
}

// anchorRow moves the rows, from 0, between which a picture stands.
func (m *mover) anchorRow(element, text string) (string, verdict) {
	if element != "row" {
		return text, keep
	}
	row, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return text, giveUp
	}
	return strconv.Itoa(m.rows.to(row+1) - 1), keep
}

var (
	vmlShape  = regexp.MustCompile(`(?s)<v:shape .*?</v:shape>`)
	vmlRow    = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	vmlAnchor = regexp.MustCompile(`<x:Anchor>([^<]*)</x:Anchor>`)
)

// vml moves the shapes of comments, which are written in a language of their
// own that is not always well-formed XML.
func (m *mover) vml(name string) error {
	text, err := m.read(name, maxIndex)
	if err != nil {
		return err
	}
	failed := false
	m.parts[name] = vmlShape.ReplaceAllFunc(text, func(shape []byte) []byte {
		if !bytes.Contains(shape, []byte("<x:ClientData")) {
			return shape // a picture of the page's header
		}
		row := vmlRow.FindSubmatch(shape)
		if row == nil {
			failed = true // a control, which may be tied to cells
			return shape
		}
		n, _ := strconv.Atoi(string(row[1]))
		if m.rows.gone(n + 1) {
			return nil
		}
		by := m.rows.to(n+1) - 1 - n
		shape = vmlRow.ReplaceAll(shape, []byte("<x:Row>"+strconv.Itoa(n+by)+"</x:Row>"))
		return vmlAnchor.ReplaceAllFunc(shape, func(anchor []byte) []byte {
			fields := strings.Split(string(vmlAnchor.FindSubmatch(anchor)[1]), ",")
			for _, i := range []int{2, 6} { // the rows of its two corners
				if i < len(fields) {
					if at, err := strconv.Atoi(strings.TrimSpace(fields[i])); err == nil {
						fields[i] = " " + strconv.Itoa(max(0, at+by))
					}
				}
			}
			return []byte("<x:Anchor>" + strings.Join(fields, ",") + "</x:Anchor>")
		})
	})
	if failed {
		return errNotPatchable
	}
	return nil
}

// controls makes sure that no control of another sheet, of which older
// workbooks tell only in the language of shapes, is tied to a cell of this one.
func (m *mover) controls(name string) error {
	text, err := m.read(name, maxIndex)
	if err == nil && bytes.Contains(text, []byte("<x:Fmla")) && m.shift().mayName(string(text)) {
		return errNotPatchable
	}
	return err
}
