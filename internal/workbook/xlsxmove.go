package workbook

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"rollcall/internal/workbook/charset"
	"rollcall/internal/workbook/formula"
)

// Rows are left out of a sheet and put into it by renumbering those below, and
// by moving what refers to them: formulas and rules of all sheets, ranges of
// the sheet itself, names, tables, comments, pictures, charts and pivot tables.
//
// What is not done here, and left to excelize:
//   - the header row of a filter, a table or a pivot table's data is left out,
//     or all rows of a table with more below it: then it goes too, with all that
//     names it
//   - a row is left out of a pivot table itself, or put into it: only a refresh
//     could say what it shows then
//   - controls of the kind ActiveX: what cells they are tied to stands in parts
//     that are no XML
//   - macro sheets, revisions of a shared workbook, signatures, streams of live
//     data and parts that are not known: what they say of rows is not known
//   - formulas that cannot be taken apart, and shared ones without a beginning

// unrelatedParts are the beginnings of the names of parts that refer to no
// rows, or are looked into.
var unrelatedParts = []string{
	"[content_types].xml", "_rels/", "docprops/", "docmetadata/", "customxml/",
	"xl/workbook.xml", "xl/_rels/", "xl/sharedstrings.xml", "xl/styles.xml", "xl/theme/",
	"xl/worksheets/sheet", "xl/worksheets/_rels/", "xl/chartsheets/", "xl/printersettings/", "xl/media/", "xl/embeddings/", "xl/persons/",
	"xl/calcchain.xml", "xl/tables/", "xl/comments", "xl/threadedcomments/", "xl/drawings/", "xl/charts/", "xl/diagrams/",
	"xl/pivotcache/", "xl/pivottables/", "xl/slicers/", "xl/slicercaches/", "xl/timelines/", "xl/timelinecaches/", "xl/namedsheetviews/",
	"xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/metadata.xml", "xl/richdata/", "xl/customproperty/", "xl/featurepropertybag/",
	"xl/vbaproject", "xl/model/", "xl/ctrlprops/",
}

// mover moves what refers to rows of one sheet.
type mover struct {
	ctx   context.Context
	pack  *pack
	part  string // the sheet's
	sheet string // its name
	rows  formula.RowShift
	left  int // how many rows there are after the changes
	// formulas says that formulas of other sheets refer to the sheet.
	formulas bool
	// parts are the new contents of the parts that change, by their keys, empty
	// for one that is left out; the sheet's own is not among them.
	parts map[string][]byte
}

func (b *Book) newMover(ctx context.Context, plain []byte, rows rowChanges) (*mover, error) {
	p, err := openPack(ctx, bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, err
	}
	m := &mover{ctx: ctx, pack: p, part: b.sheet.part, sheet: b.sheet.name, rows: rows.shift(), parts: map[string][]byte{}}
	m.left = b.Table.Len() - len(rows.deleted)
	for _, inserted := range rows.inserted {
		m.left += len(inserted)
	}
	return m, nil
}

// shift says where the sheet's rows go with the changes.
func (c rowChanges) shift() formula.RowShift {
	deleted := make([]int, 0, len(c.deleted))
	for row := range c.deleted {
		deleted = append(deleted, row+1)
	}
	inserted := make(map[int]int, len(c.inserted))
	for after, rows := range c.inserted {
		inserted[after+1] = len(rows)
	}
	return formula.NewRowShift(deleted, inserted)
}

// shift moves references of other sheets to this one.
func (m *mover) shift() formula.Shift { return formula.Shift{Rows: m.rows, Sheet: m.sheet} }

// others moves what other parts say of the sheet's rows. It returns
// errNotPatchable where something refers to them that is not understood here.
func (m *mover) others() error {
	p := m.pack
	for name := range p.files {
		if !unrelated(name) && name != m.part && name != p.main && name != p.strings && name != p.styles && !p.isSheet(name) {
			return errNotPatchable
		}
	}
	own, err := m.ownParts()
	if err != nil {
		return err
	}
	if err := m.names(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		if name == m.part || own[name] {
			continue
		}
		if err := m.other(name); err != nil {
			return err
		}
	}
	return nil
}

// other moves what a part that is not the sheet's own says of its rows.
func (m *mover) other(name string) error {
	isXML := strings.HasSuffix(name, ".xml")
	switch {
	case m.pack.isSheet(name), strings.HasPrefix(name, "xl/worksheets/") && isXML:
		return m.otherSheet(name)
	case strings.HasPrefix(name, "xl/charts/chart") && isXML:
		return m.chart(name)
	case strings.HasPrefix(name, "xl/drawings/drawing") && isXML:
		return m.drawing(name, false)
	case strings.HasSuffix(name, ".vml"):
		return m.shapes(name, false)
	case strings.HasPrefix(name, "xl/ctrlprops/"):
		return m.control(name, false)
	case strings.HasPrefix(name, "xl/drawings/_rels/"), strings.HasPrefix(name, "xl/worksheets/_rels/"):
		return m.links(name)
	case strings.HasPrefix(name, "xl/pivotcache/pivotcachedefinition") && isXML:
		return m.pivotSource(name)
	}
	return nil
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

// names moves the names that stand for ranges of the sheet, among them what is
// printed of it.
func (m *mover) names() error {
	shift := m.shift()
	shift.DefinedName = true
	return m.rewrite(m.pack.main, xmlEdit{start: asItIs, text: func(element, text string) (string, verdict) {
		if element != "definedName" || !shift.MayName(text) {
			return text, keep
		}
		return movedOr(giveUp, shift, text)
	}})
}

// ownParts moves what the sheet's own tables, comments and drawings say, and
// tells which parts those are.
func (m *mover) ownParts() (map[string]bool, error) {
	i := strings.LastIndexByte(m.part, '/') + 1
	rels, err := m.pack.readRels(m.ctx, m.part[:i]+"_rels/"+m.part[i:]+".rels", m.part[:i])
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(rels)) {
		r := rels[id]
		if m.pack.files[r.target] == nil || own[r.target] {
			continue
		}
		own[r.target] = true
		if err := m.ownPart(r); err != nil {
			return nil, err
		}
	}
	return own, nil
}

func (m *mover) ownPart(r relation) error {
	switch r.kind {
	case "table":
		return m.table(r.target)
	case "comments", "threadedcomment":
		return m.rewrite(r.target, xmlEdit{start: m.commentTag})
	case "namedsheetview", "namedsheetviews":
		return m.rewrite(r.target, xmlEdit{start: m.viewTag})
	case "drawing":
		return m.drawing(r.target, true)
	case "vmldrawing":
		return m.shapes(r.target, true)
	case "ctrlprop":
		return m.control(r.target, true)
	case "pivottable":
		return m.pivotTable(r.target)
	case "printersettings", "image", "slicer", "timeline", "querytable", "customproperty", "oleobject", "package":
		return nil
	}
	return errNotPatchable
}

func (m *mover) commentTag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	if name := string(s.name); name != "comment" && name != "threadedComment" {
		return nil, keep
	}
	moved, ok := m.rows.Ref(s.attrText("ref"))
	if !ok {
		return nil, drop
	}
	return withAttr(tag, "ref", moved), keep
}

// viewTag moves the range of a filter that only some people see.
func (m *mover) viewTag(s *xmlScanner, tag []byte) ([]byte, verdict) {
	old := s.attrText("ref")
	if old == "" {
		return nil, keep
	}
	moved, ok := m.rows.Ref(old)
	if !ok {
		return nil, giveUp
	}
	return withAttr(tag, "ref", moved), keep
}

// read unpacks a part, or takes it as it was changed before. One that is larger
// than most is not worth the memory.
func (m *mover) read(name string, most int64) ([]byte, error) {
	if changed, ok := m.parts[name]; ok {
		return changed, nil
	}
	f := m.pack.files[name]
	if f.UncompressedSize64 > uint64(most) {
		return nil, errNotPatchable
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in, err := charset.NewXMLReader(&limited{ctx: m.ctx, r: r, left: most})
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(in)
	return inUTF8(text), err
}

func (m *mover) rewrite(name string, e xmlEdit) error {
	text, err := m.read(name, maxIndex)
	if err != nil {
		return err
	}
	return m.change(name, text, e.apply)
}

// change keeps what becomes of a part, if it becomes another.
func (m *mover) change(name string, text []byte, by func(context.Context, []byte) ([]byte, error)) error {
	out, err := by(m.ctx, text)
	if err == nil && !bytes.Equal(out, text) {
		m.parts[name] = out
	}
	return err
}
