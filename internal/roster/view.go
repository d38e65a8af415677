package roster

import (
	"strings"

	"rollcall/internal/sheet"
)

// Reader is what a View reads: a *sheet.Sheet or a *sheet.Snapshot.
type Reader interface {
	Text(r sheet.RowID, col int) string
	Edited(r sheet.RowID, col int) bool
}

// rowReader is a Reader that gives several cells of a row at once.
type rowReader interface {
	Texts(r sheet.RowID, cols []int, dst []string)
}

// View shows a sheet as the template's six columns. Text of a column that is
// made of others is derived anew each time; an edit of such a cell lies in the
// virtual column fileWidth+int(c) of the sheet and wins.
type View struct {
	rd     Reader
	rows   rowReader // rd, or nil
	m      *Mapping
	width  int
	direct [NumColumns]int // the file's column that is read as it is, or -1
}

// NewView lays a mapping over a reader. fileWidth is the number of the file's
// own columns; the sheet has NumColumns virtual ones behind them. The mapping
// must not change while the View is in use.
func NewView(rd Reader, m *Mapping, fileWidth int) View {
	v := View{m: m, width: fileWidth}.Over(rd)
	for c := range v.direct {
		v.direct[c] = -1
		if match := &m.Columns[c]; match.Kind == Direct && len(match.Cols) == 1 && len(m.Values[c]) == 0 {
			v.direct[c] = match.Cols[0]
		}
	}
	return v
}

// Mapping is the mapping that the View shows; it must not be changed.
func (v View) Mapping() *Mapping { return v.m }

// Reader is what the View reads from.
func (v View) Reader() Reader { return v.rd }

// Over is the same view of another reader: of a snapshot, say.
func (v View) Over(rd Reader) View {
	v.rd = rd
	v.rows, _ = rd.(rowReader)
	return v
}

// FileWidth is the number of the file's own columns.
func (v View) FileWidth() int { return v.width }

// Mapped says whether the column has anything in the file, or a fixed value.
func (v View) Mapped(c Column) bool { return v.m.Columns[c].Kind != None }

// Text is the cell's text as the template has it.
func (v View) Text(r sheet.RowID, c Column) string {
	if d := v.direct[c]; d >= 0 {
		return v.rd.Text(r, d)
	}
	return v.derived(r, c)
}

// Row is the whole row.
func (v View) Row(r sheet.RowID) (texts [NumColumns]string) {
	v.Fill(r, &texts)
	return texts
}

// Fill is Row into texts that are there already: many rows are read quicker.
func (v *View) Fill(r sheet.RowID, texts *[NumColumns]string) {
	if v.rows != nil {
		v.rows.Texts(r, v.direct[:], texts[:])
	}
	for c, d := range v.direct {
		switch {
		case d < 0:
			texts[c] = v.derived(r, Column(c))
		case v.rows == nil:
			texts[c] = v.rd.Text(r, d)
		}
	}
}

// Target is the sheet's column where an edit of column c goes: the file's own
// where the two are one, else the virtual one.
func (v View) Target(c Column) int {
	m := &v.m.Columns[c]
	if (m.Kind == Direct || m.Kind == Inverted) && len(m.Cols) == 1 {
		return m.Cols[0]
	}
	return v.width + int(c)
}

// Edited says whether the user has edited the cell, in the column itself or in
// one that it is made of.
func (v View) Edited(r sheet.RowID, c Column) bool {
	if v.rd.Edited(r, v.Target(c)) {
		return true
	}
	for _, col := range v.m.Columns[c].Cols {
		if v.rd.Edited(r, col) {
			return true
		}
	}
	return false
}

// Affects says whether an edit in the sheet's column col can change what column
// c shows.
func (v View) Affects(col int, c Column) bool {
	if col == v.Target(c) {
		return true
	}
	for _, own := range v.m.Columns[c].Cols {
		if own == col {
			return true
		}
	}
	return false
}

func (v View) derived(r sheet.RowID, c Column) string {
	m := &v.m.Columns[c]
	if virtual := v.width + int(c); v.Target(c) == virtual && v.rd.Edited(r, virtual) {
		return v.rd.Text(r, virtual)
	}
	switch m.Kind {
	case Direct, Inverted, Split:
		if len(m.Cols) == 0 {
			return ""
		}
		return v.value(c, v.rd.Text(r, m.Cols[0]))
	case Fixed:
		return m.Fixed
	case Joined:
		return v.value(c, v.join(r, m.Cols, " "))
	case Several:
		return v.value(c, v.join(r, m.Cols, ","))
	case PerSource:
		return v.perSource(r, m)
	}
	return ""
}

// value is the template's value for one of the file's, or the text itself.
func (v View) value(c Column, text string) string {
	if to := v.m.Value(c, text); to != "" {
		return to
	}
	return text
}

// join puts the cells that are not blank one after the other.
func (v View) join(r sheet.RowID, cols []int, between string) string {
	joined, parts := "", 0
	for _, col := range cols {
		text := v.rd.Text(r, col)
		if Blank(text) {
			continue
		}
		if parts > 0 {
			joined += between
		}
		joined += text
		parts++
	}
	return joined
}

func (v View) perSource(r sheet.RowID, m *Match) string {
	var b strings.Builder
	for i, col := range m.Cols {
		text := v.rd.Text(r, col)
		if Blank(text) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		source := ""
		if i < len(m.Sources) {
			source = m.Sources[i]
		}
		writeIdentifiers(&b, source, text)
	}
	return b.String()
}

// writeIdentifiers writes a cell of a source's column: each of its identifiers
// with the source in front, unless it has it already.
func writeIdentifiers(b *strings.Builder, source, text string) {
	if source == "" {
		b.WriteString(text)
		return
	}
	parts := strings.Split(text, ",")
	if len(parts) == 2 && mangledTail(TrimSpace(parts[0]), TrimSpace(parts[1])) {
		parts = []string{text}
	}
	for i, part := range parts {
		if i > 0 {
			b.WriteByte(',')
		}
		id := strings.TrimLeft(part, " ")
		if at := strings.IndexByte(id, ':'); at >= 0 && strings.EqualFold(strings.TrimSpace(id[:at]), source) {
			b.WriteString(part)
			continue
		}
		b.WriteString(source)
		b.WriteByte(':')
		b.WriteString(id)
	}
}
