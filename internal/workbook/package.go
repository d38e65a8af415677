package workbook

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"rollcall/internal/workbook/charset"
)

// pack is a workbook's archive and what its parts are.
type pack struct {
	files   map[string]*zip.File // by lower-case path without a leading slash
	order   []*zip.File
	main    string // path of the workbook part
	rels    map[string]relation
	strings string
	styles  string
	macros  bool
}

// relation is one entry of a .rels part.
type relation struct {
	kind   string // the last word of its type
	target string // a path in the archive
}

var errNoWorkbook = errors.New("no workbook part")

// openPack opens the archive and finds the workbook in it.
func openPack(ctx context.Context, data io.ReaderAt, size int64) (*pack, error) {
	files, err := archive(data, size)
	if err != nil {
		return nil, err
	}
	p := &pack{files: map[string]*zip.File{}, rels: map[string]relation{}, order: files}
	for _, f := range files {
		p.files[partKey(f.Name)] = f
	}
	if err := p.foreign(); err != nil {
		return nil, err
	}
	if err := sizes(files, size); err != nil {
		return nil, err
	}
	if err := p.findMain(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

// foreign refuses archives that are something else than an XLSX workbook.
func (p *pack) foreign() error {
	if f := p.files["mimetype"]; f != nil {
		if text, _ := p.head(f, 200); strings.Contains(text, "opendocument") {
			if strings.Contains(text, "spreadsheet") {
				return fail(ErrNotSheet, nil, openDocument)
			}
			return fail(ErrNotSheet, nil, "This is an OpenDocument file, but not a spreadsheet. Copy its table into a spreadsheet and save it as .xlsx or CSV.")
		}
	}
	has := func(prefix string) bool {
		for name := range p.files {
			if strings.HasPrefix(name, prefix) {
				return true
			}
		}
		return false
	}
	switch {
	case has("xl/workbook.bin"):
		return fail(ErrNotSheet, nil, "This is an Excel binary workbook (.xlsb). Open it in Excel, choose “Save As”, “Excel Workbook (.xlsx)”, and open the new file.")
	case has("xl/"):
		return nil
	case has("index/document.iwa"), has("index.zip"), has("index/tables"), has("index.apxl"):
		return fail(ErrNotSheet, nil, "This is an Apple Numbers file. In Numbers choose File, Export To, Excel, and open the exported .xlsx file.")
	case has("word/document.xml"):
		return fail(ErrNotSheet, nil, "This is a Word document, not a spreadsheet. Copy its table into Excel and save it as .xlsx.")
	case has("ppt/presentation.xml"):
		return fail(ErrNotSheet, nil, "This is a PowerPoint presentation, not a spreadsheet. Copy its table into Excel and save it as .xlsx.")
	case has("[content_types].xml"):
		return nil
	case has("content.xml") && has("meta-inf/manifest.xml"):
		return fail(ErrNotSheet, nil, openDocument)
	default:
		return fail(ErrNotSheet, nil, "This is a ZIP archive, not an Excel workbook. Unpack it and open the CSV or Excel file inside.")
	}
}

func (p *pack) head(f *zip.File, n int64) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, n))
	return string(b), err
}

// findMain follows the package's relations to the workbook and its parts.
func (p *pack) findMain(ctx context.Context) error {
	rels, err := p.readRels(ctx, "_rels/.rels", "")
	if err != nil {
		return err
	}
	for _, r := range rels {
		if r.kind == "officedocument" {
			p.main = partKey(r.target)
		}
	}
	if p.files[p.main] == nil {
		p.main = "xl/workbook.xml"
	}
	if p.files[p.main] == nil {
		return damaged(errNoWorkbook)
	}
	dir, base := path.Split(p.main)
	p.rels, err = p.readRels(ctx, dir+"_rels/"+base+".rels", dir)
	if err != nil {
		return err
	}
	for _, r := range p.rels {
		switch r.kind {
		case "sharedstrings":
			p.strings = r.target
		case "styles":
			p.styles = r.target
		case "vbaproject":
			p.macros = true
		}
	}
	if p.strings == "" && p.files[dir+"sharedstrings.xml"] != nil {
		p.strings = dir + "sharedstrings.xml"
	}
	if p.styles == "" && p.files[dir+"styles.xml"] != nil {
		p.styles = dir + "styles.xml"
	}
	if p.files[dir+"vbaproject.bin"] != nil {
		p.macros = true
	}
	return nil
}

// readRels reads a .rels part; without one there are no relations.
func (p *pack) readRels(ctx context.Context, name, dir string) (map[string]relation, error) {
	rels := map[string]relation{}
	if p.files[partKey(name)] == nil {
		return rels, nil
	}
	err := p.scan(ctx, name, maxIndex, func(s *xmlScanner) error {
		if s.kind != xmlStart || string(s.name) != "Relationship" {
			return nil
		}
		if strings.EqualFold(s.attrText("TargetMode"), "External") {
			return nil
		}
		kind := s.attrText("Type")
		kind = strings.ToLower(kind[strings.LastIndexByte(kind, '/')+1:])
		if len(rels) == maxParts {
			return errTooMuch
		}
		rels[s.attrText("Id")] = relation{kind: kind, target: p.target(s.attrText("Target"), dir)}
		return nil
	})
	return rels, err
}

// target is the part that a relation leads to. Some writers escape it as a web
// address, or begin it at the archive's top without a slash: that is believed
// where no part is called as it stands.
func (p *pack) target(text, dir string) string {
	text = strings.ReplaceAll(text, "\\", "/")
	names := []string{text}
	if plain, err := url.PathUnescape(text); err == nil && plain != text {
		names = append(names, plain)
	}
	var all []string
	for _, name := range names {
		if !strings.HasPrefix(name, "/") {
			all = append(all, path.Join(dir, name))
		}
		all = append(all, path.Clean(name))
	}
	for _, name := range all {
		if p.files[partKey(name)] != nil {
			return partKey(name)
		}
	}
	return partKey(all[0])
}

// scan reads a part to its end, checksum included, and calls each for every
// token. It may be allowed bytes long, and more as each allows it.
func (p *pack) scan(ctx context.Context, name string, allowed int, each func(*xmlScanner) error) error {
	return p.scanPlain(ctx, name, allowed, func(*xmlScanner) error { return nil }, each)
}

// scanPlain is scan for a part of many elements in a plain form: plain takes as
// many of them as come next, before each is called for what is left.
func (p *pack) scanPlain(ctx context.Context, name string, allowed int, plain, each func(*xmlScanner) error) error {
	f := p.files[partKey(name)]
	if f == nil {
		return damaged(errors.New("part " + name + " is missing"))
	}
	r, err := f.Open()
	if err != nil {
		return scanProblem(err)
	}
	defer r.Close()
	var unpacked io.Reader = &limited{ctx: ctx, r: r, left: maxUnpacked}
	if f.UncompressedSize64 > aheadFrom {
		ahead := newAheadReader(unpacked)
		defer ahead.Close()
		unpacked = ahead
	}
	in, err := charset.NewXMLReader(unpacked)
	if err != nil {
		return scanProblem(err)
	}
	s := newXMLScanner(in)
	s.allowed, s.total = allowed, int(min(f.UncompressedSize64, maxUnpacked))
	for n := 0; ; n++ {
		if n&0xfff == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		err := plain(s)
		if err == nil {
			if err = s.next(); err == io.EOF { //nolint:errorlint // the scanner gives io.EOF itself
				return nil
			}
		}
		if err == nil {
			err = each(s)
		}
		if err != nil {
			return scanProblem(err)
		}
	}
}

// scanProblem gives an error from reading a part its sentence.
func scanProblem(err error) error {
	switch {
	case isProblem(err), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, zip.ErrAlgorithm):
		return fail(ErrNotSheet, err, "This workbook is packed in a way that no spreadsheet program uses, so it was not opened. Unpack it with the program that packed it, or open it in Excel and save it again.")
	case errors.Is(err, errXMLDoctype):
		return fail(ErrUnsafe, err, "This workbook holds definitions (a document type) that no real workbook has and that can be made to fill the memory, so it was not opened. Copy the rows you need into a new workbook and open that.")
	case errors.Is(err, errXMLSlow):
		return fail(ErrTooLarge, err, "This workbook is large and written in a way that takes too long to read, so it was not opened. Open it in Excel, save it there, and open that.")
	case errors.Is(err, errTooMuch), errors.Is(err, errXMLToken), errors.Is(err, errXMLJunk):
		return tooLarge(err)
	default:
		return damaged(err)
	}
}

var errTooMuch = errors.New("part is larger than the limit")

// limited fails, instead of ending, when more comes than is allowed, or when
// nobody waits any more.
type limited struct {
	ctx  context.Context
	r    io.Reader
	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}
