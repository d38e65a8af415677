package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"rollcall/internal/workbook/numfmt"
)

const (
	// verifyFrom is the size, unpacked, of a sheet and its texts from which the
	// whole workbook is verified before any of it is read: a smaller one is read
	// to its end within the second that a refusal may take.
	verifyFrom = 96 << 20
	// leastRatio is how much more they are unpacked than packed.
	leastRatio = 3
	// edgeBytes is how much of a part's beginning and end is looked at.
	edgeBytes = 128 << 10
	// glimpse is how much of a large part is read before that, to foresee what
	// is more than can be held and to say what a damaged sheet holds.
	glimpse = 12 << 20
)

// large says that the parts that are read are worth verifying first. Where they
// are packed little, unpacking takes longer than reading, and once is enough.
func (p *pack) large(sheet string) bool {
	var packed, total uint64
	for _, name := range []string{sheet, p.strings} {
		if f := p.files[partKey(name)]; f != nil {
			packed, total = packed+f.CompressedSize64, total+f.UncompressedSize64
		}
	}
	return total >= verifyFrom && total/leastRatio > packed
}

// verifyFirst refuses a large workbook before it was read all the way: by the
// beginning of its sheet and texts where that tells that they are more than can
// be held, and else where any part fails its checksum or has a bad end.
func (p *pack) verifyFirst(ctx context.Context, sheet sheetRef, formats []*numfmt.Format) error {
	var texts sharedReader
	if err := p.foresee(ctx, p.strings, texts.plain, texts.token); err != nil {
		return err
	}
	rows := &sheetReader{formats: formats, shared: &sharedStrings{unknown: true}, facts: &Facts{}, counting: true}
	if err := p.foresee(ctx, sheet.part, rows.plain, rows.token); err != nil {
		return err
	}
	damage := p.verifyAll(ctx, sheet)
	if damage != nil && damage.sheet && rows.filled > 0 && errors.Is(damage.err, ErrDamaged) {
		return salvageable(damage.err, rows.filled, true, sheet.name)
	}
	if damage != nil {
		return damage.err
	}
	return nil
}

// foresee reads the beginning of a large part and says what that foretells of
// the rest. What is wrong in any other way is left to those who read it all.
func (p *pack) foresee(ctx context.Context, name string, plain, each func(*xmlScanner) error) error {
	f := p.files[partKey(name)]
	if f == nil || f.UncompressedSize64 < 2*glimpse {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil //nolint:nilerr // the part is opened again
	}
	defer r.Close()
	in, err := utf8Reader(io.LimitReader(&limited{ctx: ctx, r: r, left: maxUnpacked}, glimpse))
	if err != nil {
		return nil //nolint:nilerr // the part is read again
	}
	s := newXMLScanner(in)
	s.allowed, s.total = maxJunk, int(min(f.UncompressedSize64, maxUnpacked))
	err = s.readAll(plain, each)
	// All of it explains next to nothing.
	if junk := maxJunk - s.allowed; junk > glimpse*9/10 && s.total/glimpse > 2*maxJunk/glimpse {
		err = errXMLJunk
	}
	if errors.Is(err, errTooMuch) || errors.Is(err, errXMLJunk) || errors.Is(err, errXMLToken) || errors.Is(err, errXMLDoctype) {
		return scanProblem(err)
	}
	return ctx.Err()
}

// damage is what is wrong with a part, which may be the sheet's.
type damage struct {
	err   error
	sheet bool
}

// verifyAll reads every part, two at a time, and checks its checksum and that
// it ends as it should.
func (p *pack) verifyAll(ctx context.Context, sheet sheetRef) *damage {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	files := slices.Clone(p.order)
	slices.SortStableFunc(files, func(a, b *zip.File) int {
		return int(min(b.UncompressedSize64, maxUnpacked)) - int(min(a.UncompressedSize64, maxUnpacked))
	})
	next := make(chan *zip.File, len(files))
	for _, f := range files {
		next <- f
	}
	close(next)
	const workers = 2
	done := make(chan *damage, workers)
	for range workers {
		go func() {
			for f := range next {
				if d := p.verifyPart(ctx, f, sheet); d != nil {
					done <- d
					return
				}
			}
			done <- nil
		}()
	}
	var first *damage
	for range workers {
		if d := <-done; d != nil && first == nil {
			first = d
			stop()
		}
	}
	return first
}

// verifyPart reads a part for its checksum, and looks at its end.
func (p *pack) verifyPart(ctx context.Context, f *zip.File, sheet sheetRef) *damage {
	if strings.HasSuffix(f.Name, "/") {
		return nil
	}
	var ends edges
	err := readThrough(ctx, f, &ends)
	isSheet := partKey(f.Name) == partKey(sheet.part)
	switch {
	case err != nil:
	case isSheet:
		err = ends.sheetEnd()
	case partKey(f.Name) == partKey(p.strings):
		err = ends.sharedEnd()
	}
	if err == nil {
		return nil
	}
	return &damage{scanProblem(fmt.Errorf("part %s: %w", f.Name, err)), isSheet}
}

// readThrough reads a part to its end, checksum included, and writes it to w.
func readThrough(ctx context.Context, f *zip.File, w io.Writer) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	buf := make([]byte, aheadBytes)
	in := &limited{ctx: ctx, r: r, left: maxUnpacked}
	for {
		n, err := in.Read(buf)
		if _, failed := w.Write(buf[:n]); failed != nil {
			return failed
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// verifyRest reads every part but the known ones in the background and checks
// its checksum, so that a workbook damaged anywhere is refused. Where all were
// verified first, nothing is left.
func (p *pack) verifyRest(ctx context.Context, verified bool, known ...string) <-chan error {
	done := make(chan error, 1)
	if verified {
		done <- nil
		return done
	}
	go func() {
		for _, f := range p.order {
			if slices.Contains(known, partKey(f.Name)) || strings.HasSuffix(f.Name, "/") {
				continue
			}
			if err := readThrough(ctx, f, io.Discard); err != nil {
				done <- scanProblem(fmt.Errorf("part %s: %w", f.Name, err))
				return
			}
		}
		done <- nil
	}()
	return done
}

// edges keeps the first and the last bytes that were written to it: at least
// edgeBytes of them, where there are so many.
type edges struct{ first, last []byte }

func (e *edges) Write(b []byte) (int, error) {
	if len(e.first) < edgeBytes {
		e.first = append(e.first, b[:min(len(b), edgeBytes-len(e.first))]...)
	}
	if len(e.last)+len(b) > 2*edgeBytes {
		keep := min(len(e.last), max(0, edgeBytes-len(b)))
		e.last = append(e.last[:0], e.last[len(e.last)-keep:]...)
	}
	e.last = append(e.last, b...)
	return len(b), nil
}

// sheetEnd says what is wrong with the end of a worksheet: its last rows are
// read as if they were all.
func (e *edges) sheetEnd() error {
	part, ok := e.lastOf("row", "worksheet", "sheetData")
	if !ok {
		return nil
	}
	r := &sheetReader{shared: &sharedStrings{unknown: true}, facts: &Facts{}, counting: true}
	return endProblem(scanAll(part, r.plain, r.token))
}

// sharedEnd says what is wrong with the end of the shared strings.
func (e *edges) sharedEnd() error {
	part, ok := e.lastOf("si", "sst")
	if !ok {
		return nil
	}
	var r sharedReader
	return endProblem(scanAll(part, r.plain, r.token))
}

// lastOf is a part made of the last elements of a name and what stands behind
// them, inside the elements that are around them. None of it is inside a
// comment or the like, since those end before.
func (e *edges) lastOf(name string, around ...string) (io.Reader, bool) {
	end := e.last
	for _, stop := range []string{"-->", "]]>", "?>"} {
		end = end[max(0, bytes.LastIndex(end, []byte(stop))):]
	}
	root := rootName(e.first)
	prefix, ok := strings.CutSuffix(root, around[0])
	if !ok || bytes.IndexByte(end, 0) >= 0 {
		return nil, false
	}
	head := ""
	for _, outer := range around {
		head += "<" + prefix + outer + ">"
	}
	at := firstTag(end, prefix+name)
	if at < 0 && name == "row" {
		// The end is inside one long row.
		if at = firstTag(end, prefix+"c"); at >= 0 {
			head += "<" + prefix + "row" + rowOf(end[at:]) + ">"
		}
	}
	if at < 0 {
		return nil, false
	}
	return io.MultiReader(strings.NewReader(head), bytes.NewReader(end[at:])), true
}

// firstTag is where the first start tag with a full name is, or -1.
func firstTag(b []byte, name string) int {
	at := bytes.Index(b, []byte("<"+name+" "))
	if at < 0 {
		at = bytes.Index(b, []byte("<"+name+">"))
	}
	return at
}

// rowOf is the attribute with the row's number that a cell's tag tells of, ""
// when it does not.
func rowOf(tag []byte) string {
	stop := bytes.IndexByte(tag, '>')
	_, ref, found := bytes.Cut(tag[:max(0, stop)], []byte(` r="`))
	if !found {
		return ""
	}
	ref, _, _ = bytes.Cut(ref, []byte(`"`))
	_, row, ok := splitRef(ref)
	if !ok {
		return ""
	}
	return ` r="` + strconv.Itoa(row) + `"`
}

// rootName is the full name of the element that a part begins with, "" when
// that is not plain.
func rootName(b []byte) string {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(b, []byte("<?xml ")) {
		_, b, _ = bytes.Cut(b, []byte("?>"))
	}
	for len(b) > 0 && isXMLSpace(b[0]) {
		b = b[1:]
	}
	stop := bytes.IndexAny(b, " \t\r\n/>")
	if len(b) == 0 || b[0] != '<' || stop < 0 {
		return ""
	}
	return string(b[1:stop])
}

// endProblem keeps of the problems with a part's end those that its whole has
// too.
func endProblem(err error) error {
	if errors.Is(err, errXMLSyntax) || errors.Is(err, errSheet) || errors.Is(err, errXMLDoctype) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return nil
}

// scanAll reads a part that is in UTF-8.
func scanAll(part io.Reader, plain, each func(*xmlScanner) error) error {
	s := newXMLScanner(part)
	s.allowed = maxUnpacked
	return s.readAll(plain, each)
}

// readAll reads to the end: plain takes what it can, each is called for every
// other token.
func (s *xmlScanner) readAll(plain, each func(*xmlScanner) error) error {
	for {
		err := plain(s)
		if err == nil {
			err = s.next()
		}
		if err == nil {
			err = each(s)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
