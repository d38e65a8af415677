package workbook

import (
	"bytes"
	"context"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Rows are left out of a sheet and put into it by renumbering those below, and
// by moving what refers to them: ranges of the sheet itself, names, tables,
// comments, pictures, charts and its own formulas. Where formulas of other
// sheets, pivot tables or other workbooks refer to rows, excelize does it.

// unrelatedParts are the beginnings of the names of parts that refer to no
// rows, or are looked into.
var unrelatedParts = []string{
	"[content_types].xml", "_rels/", "docprops/", "docmetadata/", "customxml/",
	"xl/workbook.xml", "xl/_rels/", "xl/sharedstrings.xml", "xl/styles.xml", "xl/theme/",
	"xl/worksheets/sheet", "xl/worksheets/_rels/", "xl/printersettings/", "xl/media/", "xl/persons/",
	"xl/calcchain.xml", "xl/tables/", "xl/comments", "xl/threadedcomments/", "xl/drawings/", "xl/charts/",
}

// mover moves what refers to rows of one sheet.
type mover struct {
	ctx   context.Context
	pack  *pack
	part  string // the sheet's
	sheet string // its name
	rows  rowShift
	// parts are the new contents of the parts that change, by their keys, empty
	// for one that is left out; the sheet's own is not among them.
	parts map[string][]byte
}

func (b *Book) newMover(ctx context.Context, plain []byte, rows rowChanges) (*mover, error) {
	p, err := openPack(ctx, bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, err
	}
	return &mover{ctx: ctx, pack: p, part: b.sheet.part, sheet: b.sheet.name, rows: newRowShift(rows), parts: map[string][]byte{}}, nil
}

// others moves what other parts say of the sheet's rows. It returns
// errNotPatchable where something refers to them that is not understood here.
func (m *mover) others() error {
	p := m.pack
	for name := range p.files {
		if !unrelated(name) && name != m.part && name != p.main && name != p.strings && name != p.styles && !p.isSheet(name) {
			return errNotPatchable
		}
	}
	if err := m.workbook(); err != nil {
		return err
	}
	for name := range p.files {
		var err error
		switch {
		case name == m.part:
		case p.isSheet(name), strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml"):
			err = m.otherSheet(name)
		case strings.HasPrefix(name, "xl/charts/chart"):
			err = m.rewrite(name, xmlEdit{start: asItIs, text: m.inFormulas(formulaShift{rows: m.rows, sheet: m.sheet}, "f")})
		}
		if err != nil {
			return err
		}
	}
	return m.ownParts()
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

// isSheet says that a part is one of the workbook's sheets.
func (p *pack) isSheet(name string) bool {
	for _, r := range p.rels {
		if r.target == name {
			return r.kind == "worksheet"
		}
	}
	return false
}

func unrelated(name string) bool {
	return slices.ContainsFunc(unrelatedParts, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

func asItIs(*xmlScanner, []byte) ([]byte, verdict) { return nil, keep }

// inFormulas moves the formulas that stand as text in elements of the given
// names.
func (m *mover) inFormulas(f formulaShift, names ...string) func(string, string) (string, verdict) {
	return func(element, text string) (string, verdict) {
		if !slices.Contains(names, element) {
			return text, keep
		}
		if moved, ok := f.move(text); ok {
			return moved, keep
		}
		if strings.Contains(strings.ToLower(text), strings.ToLower(m.sheet)) || f.here {
			return text, giveUp
		}
		return text, keep
	}
}

// workbook moves the names that stand for ranges of the sheet.
func (m *mover) workbook() error {
	unknown := func(s *xmlScanner, _ []byte) ([]byte, verdict) {
		switch string(s.name) {
		case "pivotCache", "externalReference", "customWorkbookView":
			return nil, giveUp
		}
		return nil, keep
	}
	return m.rewrite(m.pack.main, xmlEdit{start: unknown, text: m.inFormulas(formulaShift{rows: m.rows, sheet: m.sheet}, "definedName")})
}

// otherSheet makes sure that no formula of another sheet refers to this one.
func (m *mover) otherSheet(name string) error {
	quoted := strings.ReplaceAll(m.sheet, "'", "''") + "'!"
	inside := false
	return m.pack.scan(m.ctx, name, maxJunk, func(s *xmlScanner) error {
		s.allowed += allowCell
		switch s.kind {
		case xmlStart:
			switch string(s.name) {
			case "f", "formula", "formula1", "formula2":
				inside = !s.self
			case "dataRef", "oleObject", "control":
				return errNotPatchable
			case "hyperlink":
				if at := s.attrText("location"); m.mentions(at, quoted) {
					return errNotPatchable
				}
			}
		case xmlEnd:
			inside = false
		case xmlText:
			if inside && m.mentions(string(s.text), quoted) {
				return errNotPatchable
			}
		}
		return nil
	})
}

// mentions says that a formula may refer to the sheet.
func (m *mover) mentions(text, quoted string) bool {
	low := strings.ToLower(text)
	return strings.Contains(low, strings.ToLower(m.sheet)+"!") || strings.Contains(low, strings.ToLower(quoted)) || strings.Contains(low, ":") && strings.Contains(low, "!")
}

// ownParts moves what the sheet's own tables, comments and drawings say.
func (m *mover) ownParts() error {
	i := strings.LastIndexByte(m.part, '/') + 1
	rels, err := m.pack.readRels(m.ctx, m.part[:i]+"_rels/"+m.part[i:]+".rels", m.part[:i])
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(rels)) {
		r := rels[id]
		if m.pack.files[r.target] == nil {
			continue
		}
		switch r.kind {
		case "table":
			err = m.rewrite(r.target, xmlEdit{start: m.tableTag, text: m.noFormula})
		case "comments", "threadedcomment":
			err = m.rewrite(r.target, xmlEdit{start: m.commentTag})
		case "drawing":
			err = m.rewrite(r.target, xmlEdit{start: asItIs, text: m.anchorRow})
		case "vmldrawing":
			err = m.vml(r.target)
		case "printersettings", "image":
		default:
			return errNotPatchable
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *mover) noFormula(element, text string) (string, verdict) {
	if element == "calculatedColumnFormula" || element == "totalsRowFormula" {
		return text, giveUp
	}
	return text, keep
}

// tableTag moves the range of a table, which must keep its header and a row.
func (m *mover) tableTag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	switch string(s.name) {
	case "table", "autoFilter", "sortState", "sortCondition":
	default:
		return nil, keep
	}
	old := s.attrText("ref")
	moved, ok := m.rows.ref(old)
	first, _ := rangeRows(old)
	from, to := rangeRows(moved)
	if !ok || string(s.name) != "sortState" && string(s.name) != "sortCondition" && (m.rows.gone(first) || to <= from) {
		return nil, giveUp
	}
	return withAttr(tag, "ref", moved), keep
}

func (m *mover) commentTag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	if name := string(s.name); name != "comment" && name != "threadedComment" {
		return nil, keep
	}
	moved, ok := m.rows.ref(s.attrText("ref"))
	if !ok {
		return nil, drop
	}
	return withAttr(tag, "ref", moved), keep
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
	text, err := m.read(name)
	if err != nil {
		return err
	}
	failed := false
	m.parts[name] = vmlShape.ReplaceAllFunc(text, func(shape []byte) []byte {
		row := vmlRow.FindSubmatch(shape)
		if row == nil {
			failed = true
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

// read unpacks a part that is small beside a sheet.
func (m *mover) read(name string) ([]byte, error) {
	f := m.pack.files[name]
	if f.UncompressedSize64 > maxIndex {
		return nil, errNotPatchable
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in, err := utf8Reader(&limited{ctx: m.ctx, r: r, left: maxIndex})
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(in)
	return inUTF8(text), err
}

func (m *mover) rewrite(name string, e xmlEdit) error {
	text, err := m.read(name)
	if err != nil {
		return err
	}
	out, err := e.apply(m.ctx, text)
	if err == nil && !bytes.Equal(out, text) {
		m.parts[name] = out
	}
	return err
}
