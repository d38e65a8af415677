package workbook

import (
	"slices"
	"strconv"
	"strings"

	"rollcall/internal/workbook/formula"
)

// drawing moves what a drawing of any sheet refers to, and on the sheet itself
// the rows between which its pictures stand.
func (m *mover) drawing(name string, own bool) error {
	shift := m.shift()
	shift.Here = own
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
		e.text = func(element, text string) (string, verdict) {
			if element != "row" {
				return text, keep
			}
			return anchorRow(m.rows, text)
		}
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
		return withAttr(tag, "Target", m.shift().Location(target)), keep
	}})
}

// chart moves the ranges that a chart of any sheet draws.
func (m *mover) chart(name string) error {
	return m.rewrite(name, xmlEdit{start: asItIs, text: func(element, text string) (string, verdict) {
		if !slices.Contains([]string{"f", "sqref"}, element) || !m.shift().MayName(text) {
			return text, keep
		}
		return movedOr(giveUp, m.shift(), text)
	}})
}

// anchorRow moves a row, from 0, between which and another a picture stands.
func anchorRow(rows formula.RowShift, text string) (string, verdict) {
	row, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return text, giveUp
	}
	return strconv.Itoa(rows.To(row+1) - 1), keep
}
