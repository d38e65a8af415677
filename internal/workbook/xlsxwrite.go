package workbook

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"rollcall/internal/workbook/formula"
)

// WriteXLSX writes a new workbook with one worksheet. Every cell is text, in
// the text format, so that leading zeros and "=…" stay what they are. Text
// that a workbook cannot hold is refused with the cell's place.
func WriteXLSX(path string, s Sheet) error {
	return WriteAtomic(path, func(out io.Writer) error { return EncodeXLSX(out, s) })
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const (
	mainNS = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relNS  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packNS = `http://schemas.openxmlformats.org/package/2006/`
)

// The cell styles of a new workbook, by their place in its styles part.
const (
	styleText = iota + 1
	styleHeader
	styleError
	styleWarning
)

const newStyles = xmlHead + `<styleSheet xmlns="` + mainNS + `">` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
	`<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFEDEFF3"/><bgColor indexed="64"/></patternFill></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFFAD4D1"/><bgColor indexed="64"/></patternFill></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFFCE8B2"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="4" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

// EncodeXLSX is WriteXLSX into a stream.
func EncodeXLSX(out io.Writer, s Sheet) error {
	x := &xlsxWriter{zip: zip.NewWriter(out), sheet: s, marks: map[[2]int]Mark{}}
	for _, m := range s.Marks {
		x.marks[[2]int{m.Row, m.Col}] = m
	}
	for _, m := range x.marks {
		if m.Note != "" {
			x.notes = append(x.notes, m)
		}
	}
	sort.Slice(x.notes, func(i, j int) bool {
		a, b := x.notes[i], x.notes[j]
		return a.Row < b.Row || a.Row == b.Row && a.Col < b.Col
	})
	if err := x.write(); err != nil {
		return err
	}
	return x.zip.Close()
}

// xlsxWriter writes the parts of a new workbook one after another.
type xlsxWriter struct {
	zip   *zip.Writer
	sheet Sheet
	marks map[[2]int]Mark
	notes []Mark
	lists []int // columns whose list stands on the hidden sheet
}

func (x *xlsxWriter) write() error {
	name := sheetName(x.sheet.Name)
	for _, col := range sortedKeys(x.sheet.Lists) {
		if len(x.sheet.Lists[col].Values) > 0 && inlineList(x.sheet.Lists[col].Values) == "" {
			x.lists = append(x.lists, col)
		}
	}
	types, sheets, rels := "", "", ""
	if len(x.lists) > 0 {
		types = `<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`
		sheets = `<sheet name="Lists" sheetId="2" state="hidden" r:id="rId3"/>`
		rels = `<Relationship Id="rId3" Type="` + relNS + `/worksheet" Target="worksheets/sheet2.xml"/>`
	}
	if len(x.notes) > 0 {
		types += `<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`
	}
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + packNS + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets><sheet name="` + escapeXML(name) + `" sheetId="1" r:id="rId1"/>` + sheets + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + relNS + `/styles" Target="styles.xml"/>` + rels + `</Relationships>`},
		{"xl/styles.xml", newStyles},
	}
	for _, p := range parts {
		if err := x.part(p.name, func(w *bufio.Writer) error { _, err := w.WriteString(p.text); return err }); err != nil {
			return err
		}
	}
	if err := x.part("xl/worksheets/sheet1.xml", x.writeSheet); err != nil {
		return err
	}
	if len(x.lists) > 0 {
		if err := x.part("xl/worksheets/sheet2.xml", x.writeLists); err != nil {
			return err
		}
	}
	return x.writeNotes()
}

func (x *xlsxWriter) part(name string, write func(*bufio.Writer) error) error {
	w, err := x.zip.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 64<<10)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}

// writeSheet writes the cells, then the drop-downs.
func (x *xlsxWriter) writeSheet(w *bufio.Writer) error {
	w.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `" xmlns:r="` + relNS + `">`)
	if x.sheet.Header != nil {
		w.WriteString(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	}
	columns := max(len(x.sheet.Header), 1)
	w.WriteString(`<cols>`)
	for i := range columns {
		width := 22
		if i < len(x.sheet.Header) {
			width = min(60, max(width, utf8.RuneCountInString(x.sheet.Header[i])+4))
		}
		fmt.Fprintf(w, `<col min="%d" max="%d" width="%d" style="%d" customWidth="1"/>`, i+1, i+1, width, styleText)
	}
	w.WriteString(`</cols><sheetData>`)
	row := 0
	err := x.sheet.each(func(cells []string) error {
		if row >= maxRows {
			return fail(ErrTooLarge, nil, "An Excel worksheet holds at most 1,048,576 rows, so nothing was saved. Save as CSV.")
		}
		err := x.writeRow(w, row, cells)
		row++
		return err
	})
	if err != nil {
		return err
	}
	w.WriteString(`</sheetData>`)
	x.writeValidations(w)
	if len(x.notes) > 0 {
		w.WriteString(`<legacyDrawing r:id="rId1"/>`)
	}
	_, err = w.WriteString(`</worksheet>`)
	return err
}

func (x *xlsxWriter) writeRow(w *bufio.Writer, row int, cells []string) error {
	number := strconv.Itoa(row + 1)
	w.WriteString(`<row r="` + number + `">`)
	for col, text := range cells {
		style := styleText
		if row == 0 && x.sheet.Header != nil {
			style = styleHeader
		}
		if m, marked := x.marks[[2]int{row, col}]; marked {
			style = styleError
			if m.Mild {
				style = styleWarning
			}
		}
		if text == "" && style == styleText {
			continue
		}
		if err := holdable(text, row, col); err != nil {
			return err
		}
		w.WriteString(`<c r="` + formula.ColumnName(col) + number + `" s="` + strconv.Itoa(style))
		if text == "" {
			w.WriteString(`"/>`)
			continue
		}
		w.WriteString(`" t="inlineStr"><is><t xml:space="preserve">`)
		w.WriteString(escapeCell(text))
		w.WriteString(`</t></is></c>`)
	}
	_, err := w.WriteString(`</row>`)
	return err
}

// inlineList is the formula of a short drop-down, or "" where the values do
// not fit into one (255 characters, and no commas).
func inlineList(values []string) string {
	joined := strings.Join(values, ",")
	if strings.Count(joined, ",") != len(values)-1 || strings.ContainsAny(joined, "\"\r\n") || utf8.RuneCountInString(joined) > 250 {
		return ""
	}
	for _, v := range values {
		if strings.TrimSpace(v) != v || v == "" {
			return ""
		}
	}
	return `"` + joined + `"`
}

func (x *xlsxWriter) writeValidations(w *bufio.Writer) {
	var columns []int
	for _, col := range sortedKeys(x.sheet.Lists) {
		if len(x.sheet.Lists[col].Values) > 0 {
			columns = append(columns, col)
		}
	}
	if len(columns) == 0 {
		return
	}
	fmt.Fprintf(w, `<dataValidations count="%d">`, len(columns))
	for _, col := range columns {
		list := x.sheet.Lists[col]
		source := inlineList(list.Values)
		for i, c := range x.lists {
			if c == col {
				letter := formula.ColumnName(i)
				source = fmt.Sprintf("Lists!$%s$1:$%s$%d", letter, letter, len(list.Values))
			}
		}
		strict := `showErrorMessage="1" `
		if list.Open {
			strict = ""
		}
		letter := formula.ColumnName(col)
		fmt.Fprintf(w, `<dataValidation type="list" allowBlank="1" %ssqref="%s2:%s%d"><formula1>%s</formula1></dataValidation>`,
			strict, letter, letter, maxRows, cellEscaper.Replace(source))
	}
	w.WriteString(`</dataValidations>`)
}

// writeLists writes the hidden sheet with the longer lists, one per column.
func (x *xlsxWriter) writeLists(w *bufio.Writer) error {
	w.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>`)
	longest := 0
	for _, col := range x.lists {
		longest = max(longest, len(x.sheet.Lists[col].Values))
	}
	for row := range longest {
		cells := make([]string, len(x.lists))
		for i, col := range x.lists {
			if v := x.sheet.Lists[col].Values; row < len(v) {
				cells[i] = v[row]
			}
		}
		plain := xlsxWriter{}
		if err := plain.writeRow(w, row, cells); err != nil {
			return err
		}
	}
	_, err := w.WriteString(`</sheetData></worksheet>`)
	return err
}

// writeNotes writes the comments and the shapes that old and new Excel draw
// them in.
func (x *xlsxWriter) writeNotes() error {
	if len(x.notes) == 0 {
		return nil
	}
	rels := xmlHead + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + relNS + `/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="` + relNS + `/comments" Target="../comments1.xml"/></Relationships>`
	if err := x.part("xl/worksheets/_rels/sheet1.xml.rels", func(w *bufio.Writer) error { _, err := w.WriteString(rels); return err }); err != nil {
		return err
	}
	err := x.part("xl/comments1.xml", func(w *bufio.Writer) error {
		w.WriteString(xmlHead + `<comments xmlns="` + mainNS + `"><authors><author>Rollcall</author></authors><commentList>`)
		for _, m := range x.notes {
			if err := holdable(m.Note, m.Row, m.Col); err != nil {
				return err
			}
			fmt.Fprintf(w, `<comment ref="%s" authorId="0"><text><t xml:space="preserve">%s</t></text></comment>`, formula.CellName(m.Row+1, m.Col), escapeCell(m.Note))
		}
		_, err := w.WriteString(`</commentList></comments>`)
		return err
	})
	if err != nil {
		return err
	}
	return x.part("xl/drawings/vmlDrawing1.vml", func(w *bufio.Writer) error {
		w.WriteString(`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`)
		for i, m := range x.notes {
			fmt.Fprintf(w, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden;width:240pt;height:60pt" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 15, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
				1025+i, m.Col+1, m.Row, m.Col+4, m.Row+4, m.Row, m.Col)
		}
		_, err := w.WriteString(`</xml>`)
		return err
	})
}

// sheetName is a name that Excel accepts: at most 31 characters, some of them
// forbidden.
func sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < 0x20 {
			return ' '
		}
		return r
	}, name), " '")
	if name == "" || strings.EqualFold(name, "Lists") {
		name = "Users"
	}
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	return name
}

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escapeXML(s string) string { return xmlEscaper.Replace(s) }

var cellEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "_x000D_")

// escapeCell writes text so that it is read as it is: what looks like an
// escape (_x0041_) has its first underscore escaped.
func escapeCell(s string) string {
	if strings.Contains(s, "_x") {
		var b strings.Builder
		for i := 0; i < len(s); i++ {
			if s[i] == '_' && i+7 <= len(s) && s[i+1] == 'x' && s[i+6] == '_' && isHex(s[i+2:i+6]) {
				b.WriteString("_x005F_")
				continue
			}
			b.WriteByte(s[i])
		}
		s = b.String()
	}
	return cellEscaper.Replace(s)
}

func isHex(s string) bool {
	_, err := strconv.ParseUint(s, 16, 16)
	return err == nil
}
