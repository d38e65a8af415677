package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rollcall/internal/cells"
	"rollcall/internal/workbook/numfmt"
)

// sheetRef is where the sheet that was read lies in its workbook.
type sheetRef struct {
	name string
	part string
}

// workbookPart is what the workbook's own part says.
type workbookPart struct {
	sheets   []sheetEntry
	date1904 bool
}

type sheetEntry struct {
	info SheetInfo
	part string
}

// readXLSX reads one worksheet of a workbook, straight from the sheet's own
// XML: what the sheet says is what is read, to the last row, or the workbook
// is refused.
func readXLSX(ctx context.Context, data io.ReaderAt, size int64, o Options) (*Book, error) {
	p, err := openPack(ctx, data, size)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	return p.readBook(ctx, o)
}

func (p *pack) readBook(ctx context.Context, o Options) (*Book, error) {
	w, err := p.readWorkbook(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := w.choose(o.Sheet)
	if err != nil {
		return nil, err
	}
	b := &Book{options: o, sheet: sheetRef{name: w.sheets[chosen].info.Name, part: w.sheets[chosen].part}}
	f := &b.Facts
	f.Format, f.Sheet, f.Macros, f.Date1904 = "xlsx", b.sheet.name, p.macros, w.date1904
	f.Oddities, f.HiddenRows = []Oddity{}, []int{}
	if err := p.besides(p.strings, b.sheet.part); err != nil {
		return nil, err
	}
	formats, err := p.readStyles(ctx, w.date1904)
	if err != nil {
		return nil, err
	}
	shared, err := p.readShared(ctx)
	if err != nil {
		return nil, err
	}
	rest := p.verifyRest(ctx, p.main, p.strings, p.styles, b.sheet.part)
	r := &sheetReader{formats: formats, shared: shared, facts: f, careful: !o.Salvage, progress: o.Progress, times: 1}
	if r.careful && p.large(b.sheet.part) {
		r.times = 2
		if err := p.rehearse(ctx, *r, b.sheet.part); err != nil {
			return nil, err
		}
		if err := <-rest; err != nil {
			return nil, err
		}
		r.careful, r.before = false, 1
	}
	if err := p.readSheet(ctx, r, b.sheet.part, o.Salvage); err != nil {
		return nil, err
	}
	if err := <-rest; err != nil && !o.Salvage {
		return nil, err
	}
	b.Table = r.finish()
	for i := range w.sheets {
		w.sheets[i].info.Rows = p.statedRows(w.sheets[i])
	}
	w.sheets[chosen].info.Rows = b.Table.Len()
	for _, s := range w.sheets {
		f.Sheets = append(f.Sheets, s.info)
	}
	if err := describe(b.Table, o, f); err != nil {
		return nil, err
	}
	garbledRows(b.Table, f)
	return b, nil
}

// besides refuses a workbook with too much beside the parts that are needed,
// since all of it is read for its checksums, or in these themselves.
func (p *pack) besides(needed ...string) error {
	var beside, packed uint64
	for _, f := range p.order {
		if slices.Contains(needed, partKey(f.Name)) {
			packed += deflatedBytes(f)
		} else {
			beside += f.UncompressedSize64
		}
	}
	if beside > maxBeside {
		return fail(ErrTooLarge, nil, "This workbook holds more than 256 MB beside the sheet that would be read, such as pictures or other sheets, so it was not opened. Copy the rows you need into a new workbook and open that.")
	}
	if packed > maxPacked {
		return heavilyPacked("The sheet that would be read is packed into more than 96 MB")
	}
	return nil
}

// readSheet reads the worksheet. One with so much text that it may turn out to
// be more than can be held is read through once before, holding nothing.
func (p *pack) readSheet(ctx context.Context, r *sheetReader, part string, salvage bool) error {
	start, facts := *r, *r.facts
	err := p.scanPlain(ctx, part, maxJunk, r.plain, r.token)
	if err == nil && r.counting {
		*r, *r.facts = start, facts
		r.careful = false
		err = p.scanPlain(ctx, part, maxJunk, r.plain, r.token)
	}
	return r.salvage(err, salvage)
}

// salvage decides what becomes of a sheet that could not be read to its end:
// it is refused, saying how much could be read, or cut off there by choice.
func (r *sheetReader) salvage(err error, wanted bool) error {
	if err == nil || !errors.Is(err, ErrDamaged) || r.filled == 0 {
		return err
	}
	if wanted {
		r.facts.odd(r.b.Rows()+1, "The workbook is damaged from here on. The rows above could be read; those below are missing.")
		return nil
	}
	first := "first row"
	if r.filled > 1 {
		first = fmt.Sprintf("first %d rows", r.filled)
	}
	return fail(ErrDamaged, &Salvageable{Rows: r.filled, cause: err}, "This workbook is damaged or was not downloaded whole, so it was not opened. The "+first+" of its sheet “"+r.facts.Sheet+"” could be read; better get the whole file again from where it came.")
}

// Salvageable is the cause of an ErrDamaged where some rows can be read: Open
// with Options.Salvage gives them. Find it with errors.As.
type Salvageable struct {
	// Rows is how many rows can be read.
	Rows  int
	cause error
}

// Error says how many rows can be read, and what is wrong.
func (s *Salvageable) Error() string {
	return fmt.Sprintf("damaged after %d rows: %v", s.Rows, s.cause)
}

// Unwrap gives the cause.
func (s *Salvageable) Unwrap() error { return s.cause }

// readWorkbook reads the list of sheets.
func (p *pack) readWorkbook(ctx context.Context) (*workbookPart, error) {
	w := &workbookPart{}
	err := p.scan(ctx, p.main, maxIndex, func(s *xmlScanner) error {
		if s.kind != xmlStart {
			return nil
		}
		switch string(s.name) {
		case "workbookPr":
			// Excel 2013 and later write a second one of their own deeper down.
			if s.isChild() {
				w.date1904 = truth(s.attrText("date1904"))
			}
		case "sheet":
			if len(w.sheets) == maxSheets {
				return errTooMuch
			}
			w.sheets = append(w.sheets, p.sheetEntry(s, len(w.sheets)))
		}
		return nil
	})
	if err == nil && len(w.sheets) == 0 {
		return nil, damaged(errors.New("workbook without sheets"))
	}
	return w, err
}

func (p *pack) sheetEntry(s *xmlScanner, n int) sheetEntry {
	e := sheetEntry{info: SheetInfo{Name: s.attrText("name")}}
	state := strings.ToLower(s.attrText("state"))
	e.info.Hidden = state == "hidden" || state == "veryhidden"
	var id string
	s.eachAttr(func(name, value []byte) bool {
		if string(localName(name)) == "id" {
			id = string(value)
		}
		return true
	})
	rel, ok := p.rels[id]
	switch {
	case ok:
	case !p.related():
		// A workbook whose relations are lost has its sheets by number.
		rel = relation{kind: "worksheet", target: fmt.Sprintf("xl/worksheets/sheet%d.xml", n+1)}
	case id != "":
		rel.kind = "worksheet" // whose part is missing
	}
	e.part = rel.target
	switch rel.kind {
	case "worksheet":
	case "chartsheet":
		e.info.Kind = "chart"
	case "dialogsheet":
		e.info.Kind = "dialog"
	default:
		e.info.Kind = "macro"
	}
	return e
}

// related says that the workbook states where its sheets are. One that then has
// none is a module of macros from before Excel 97, which has no part of its own.
func (p *pack) related() bool {
	for _, r := range p.rels {
		if r.kind == "worksheet" {
			return true
		}
	}
	return false
}

// choose finds the sheet to read: by name, else the first visible worksheet,
// else the first worksheet.
func (w *workbookPart) choose(name string) (int, error) {
	if name != "" {
		for i, s := range w.sheets {
			if s.info.Name == name && s.info.Kind == "" {
				return i, nil
			}
		}
		var names []string
		for i, s := range w.sheets {
			if s.info.Kind == "" {
				if strings.EqualFold(s.info.Name, name) {
					return i, nil
				}
				names = append(names, "“"+s.info.Name+"”")
			}
		}
		return 0, fail(ErrNoSheet, nil, "This workbook has no worksheet “"+name+"”. It has "+strings.Join(names, ", ")+".")
	}
	hidden := -1
	for i, s := range w.sheets {
		if s.info.Kind != "" {
			continue
		}
		if !s.info.Hidden {
			return i, nil
		}
		if hidden < 0 {
			hidden = i
		}
	}
	if hidden >= 0 {
		return hidden, nil
	}
	return 0, fail(ErrNoSheet, nil, "This workbook has only charts and no worksheet with cells. Open it in Excel, copy the table into a worksheet and save it.")
}

var dimension = regexp.MustCompile(`<(?:\w+:)?dimension\s[^>]*ref="[A-Z]+\d+:[A-Z]+(\d+)"`)

// statedRows is how many rows a sheet says of itself that it has.
func (p *pack) statedRows(s sheetEntry) int {
	f := p.files[s.part]
	if f == nil || s.info.Kind != "" {
		return 0
	}
	head, err := p.head(f, 4096)
	if err != nil {
		return 0
	}
	m := dimension.FindStringSubmatch(head)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// truth reads the spellings of true in Office files.
func truth(s string) bool {
	switch strings.ToLower(s) {
	case "1", "true", "on", "t":
		return true
	}
	return false
}

// sharedStrings are the texts that cells refer to by number: each is a row.
type sharedStrings struct {
	table *cells.Table
	bytes int // that they take
}

func (s *sharedStrings) at(i int) (string, bool) {
	if i < 0 || i >= s.table.Len() {
		return "", false
	}
	return s.table.Cell(i, 0), true
}

// readShared reads the shared strings; rich text is joined, phonetic guides
// are left out.
func (p *pack) readShared(ctx context.Context) (*sharedStrings, error) {
	var r sharedReader
	if p.strings == "" || p.files[p.strings] == nil {
		return &sharedStrings{table: r.b.Table()}, nil
	}
	err := p.scanPlain(ctx, p.strings, maxJunk, r.plain, r.token)
	return &sharedStrings{table: r.b.Table(), bytes: r.held}, err
}

// sharedReader turns the tokens of the shared strings into a table.
type sharedReader struct {
	b      cells.Builder
	held   int        // bytes that the strings take
	form   *plainForm // of the root
	inside bool       // a string
	rich   richText
	text   []byte // of that string
}

// token takes the next token of the part's XML.
func (r *sharedReader) token(s *xmlScanner) error {
	name := string(s.name)
	ended := false
	if s.kind == xmlStart && s.depth == 1 {
		r.form = s.form(r.form)
	}
	switch {
	case s.kind == xmlStart && name == "si":
		r.inside, ended = !s.self, s.self
		r.rich, r.text = richText{}, r.text[:0]
	case s.kind == xmlEnd && name == "si":
		r.inside, ended = false, true
	case r.inside:
		r.text = r.rich.token(s, r.text)
	}
	if ended {
		return r.end(s)
	}
	if r.held+len(r.text) > maxText {
		return errTooMuch
	}
	return nil
}

// end ends the string whose text was read.
func (r *sharedReader) end(s *xmlScanner) error {
	r.text = unescapeRunes(r.text, 0)
	r.b.CellBytes(r.text)
	r.b.EndRow()
	r.held += len(r.text) + textCost
	s.allowed += allowCell + allowText*len(r.text)
	if s.exceeds(r.held, maxText) {
		return errTooMuch
	}
	return nil
}

// richText collects the text of <t> elements outside phonetic guides.
type richText struct {
	inText   bool
	phonetic int
}

func (t *richText) token(s *xmlScanner, dst []byte) []byte {
	switch s.kind {
	case xmlStart:
		if s.self {
			break
		}
		switch string(s.name) {
		case "t":
			t.inText = true
		case "rPh":
			t.phonetic++
		}
	case xmlEnd:
		switch string(s.name) {
		case "t":
			t.inText = false
		case "rPh":
			t.phonetic--
		}
	case xmlText:
		if t.inText && t.phonetic == 0 {
			dst = append(dst, s.text...)
		}
	}
	return dst
}

// unescapeRunes resolves _xHHHH_ (ECMA-376 part 1, §22.9.2.19) in text[from:].
func unescapeRunes(text []byte, from int) []byte {
	out := text[:from]
	in := text[from:]
	if bytes.IndexByte(in, '_') < 0 {
		return text
	}
	for i := 0; i < len(in); i++ {
		if in[i] == '_' && i+7 <= len(in) && in[i+1] == 'x' && in[i+6] == '_' {
			if n, err := strconv.ParseUint(string(in[i+2:i+6]), 16, 16); err == nil && (n < 0xd800 || n > 0xdfff) {
				// The escape is longer than what it stands for.
				out = append(out, string(rune(n))...)
				i += 6
				continue
			}
		}
		out = append(out, in[i])
	}
	return out
}

// readStyles reads which number format each cell style has.
func (p *pack) readStyles(ctx context.Context, date1904 bool) ([]*numfmt.Format, error) {
	if p.styles == "" || p.files[p.styles] == nil {
		return nil, nil
	}
	codes := map[int]string{}
	var ids []int
	list := ""
	err := p.scan(ctx, p.styles, maxIndex, func(s *xmlScanner) error {
		name := string(s.name)
		switch {
		case s.kind == xmlStart && !s.self && (name == "numFmts" || name == "cellXfs"):
			list = name
		case s.kind == xmlEnd && name == list:
			list = ""
		case s.kind == xmlStart && name == "numFmt" && list == "numFmts":
			if id, err := strconv.Atoi(s.attrText("numFmtId")); err == nil {
				if codes[id] = s.attrText("formatCode"); len(codes[id]) > maxCode || len(codes) > maxStyles {
					return errTooMuch
				}
			}
		case s.kind == xmlStart && name == "xf" && list == "cellXfs":
			id, _ := strconv.Atoi(s.attrText("numFmtId"))
			if ids = append(ids, id); len(ids) > maxStyles {
				return errTooMuch
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	byID := map[int]*numfmt.Format{}
	formats := make([]*numfmt.Format, len(ids))
	for i, id := range ids {
		if byID[id] == nil {
			code, custom := codes[id]
			if !custom {
				code = numfmt.Builtin(id)
			}
			byID[id] = numfmt.Compile(code, date1904)
		}
		formats[i] = byID[id]
	}
	return formats, nil
}
