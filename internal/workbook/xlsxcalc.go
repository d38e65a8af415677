package workbook

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// calculation makes sure that no formula keeps a result from before the
// changes. Where neither the sheet has formulas nor Excel says that any other
// has, nothing is done.
func (m *mover) calculation(p sheetPatch) error {
	if p.moves || p.unformed {
		if err := m.dropCalcChain(); err != nil {
			return err
		}
	}
	if !p.formulas && !m.formulas && m.pack.files[calcChain] == nil {
		return nil
	}
	return m.calculateOnOpening()
}

// calcChain is the order in which formulas are calculated. Excel makes it anew
// where there is none, and it must not name cells that hold no formula.
const calcChain = "xl/calcchain.xml"

func (m *mover) dropCalcChain() error {
	if m.pack.files[calcChain] == nil {
		return nil
	}
	names := func(attr string) func(*xmlScanner, []byte) ([]byte, verdict) {
		return func(s *xmlScanner, _ []byte) ([]byte, verdict) {
			if strings.HasSuffix(strings.ToLower(s.attrText(attr)), "calcchain.xml") {
				return nil, drop
			}
			return nil, keep
		}
	}
	m.parts[calcChain] = []byte{}
	dir, base := path.Split(m.pack.main)
	rels := dir + "_rels/" + base + ".rels"
	if m.pack.files[rels] == nil || m.pack.files["[content_types].xml"] == nil {
		return errNotPatchable
	}
	if err := m.rewrite(rels, xmlEdit{start: names("Target")}); err != nil {
		return err
	}
	return m.rewrite("[content_types].xml", xmlEdit{start: names("PartName")})
}

// beforeCalc are the elements of a workbook before the one that says how it is
// calculated (ECMA-376, part 1, §18.2.27).
var beforeCalc = map[string]bool{
	"fileVersion": true, "fileSharing": true, "workbookPr": true, "AlternateContent": true, "revisionPtr": true, "absPath": true, "workbookProtection": true,
	"bookViews": true, "sheets": true, "functionGroups": true, "externalReferences": true, "definedNames": true,
}

// calculateOnOpening asks whoever opens the workbook to calculate it, since the
// results that stand in it are those from before the changes.
func (m *mover) calculateOnOpening() error {
	text, err := m.read(m.pack.main, maxIndex)
	if err != nil {
		return err
	}
	at, end, found, prefix := 0, 0, false, ""
	err = eachToken(m.ctx, text, func(s *xmlScanner, start, stop int) error {
		if s.kind == xmlStart && string(s.name) == "sheets" {
			prefix = tagPrefix(text[start:stop])
		}
		switch name := string(s.name); {
		case s.kind == xmlStart && s.isChild() && name == "calcPr":
			at, end, found = start, stop, true
		case s.kind == xmlStart && s.isChild() && s.self && beforeCalc[name], s.kind == xmlEnd && s.depth == 1 && beforeCalc[name]:
			if !found {
				at, end = stop, stop
			}
		}
		return nil
	})
	if err != nil || at == 0 {
		return err
	}
	tag := text[at:end]
	switch {
	case !found:
		tag = []byte("<" + prefix + `calcPr fullCalcOnLoad="1"/>`)
	case bytes.Contains(tag, []byte("fullCalcOnLoad")):
		tag = withAttr(tag, "fullCalcOnLoad", "1")
	default:
		name := 1
		for !isXMLSpace(tag[name]) && tag[name] != '/' && tag[name] != '>' {
			name++
		}
		tag = slices.Concat(tag[:name], []byte(` fullCalcOnLoad="1"`), tag[name:])
	}
	m.parts[m.pack.main] = slices.Concat(text[:at], tag, text[end:])
	return nil
}
