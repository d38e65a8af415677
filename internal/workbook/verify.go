package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	// verifyFrom is the size, unpacked, of a sheet and its texts from which the
	// whole workbook is verified before any of it is read: a smaller one is read
	// to its end within the second that a refusal may take.
	verifyFrom = 160 << 20
	// edgeBytes is how much of a part's beginning and end is looked at.
	edgeBytes = 128 << 10
	// glimpse is how much of a damaged sheet is read to say what it holds.
	glimpse = 8 << 20
)

// large says that the parts that are read are worth verifying first.
func (p *pack) large(sheet string) bool {
	var total uint64
	for _, name := range []string{sheet, p.strings} {
		if f := p.files[partKey(name)]; f != nil {
			total += f.UncompressedSize64
		}
	}
	return total >= verifyFrom
}

// verifyFirst reads every part of a large workbook, two at a time, and checks
// its checksum and that it ends as it should, so that one with a bad end is
// refused before it was read all the way.
func (p *pack) verifyFirst(ctx context.Context, sheet sheetRef) error {
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
	done := make(chan error, workers)
	for range workers {
		go func() {
			for f := range next {
				if err := p.verifyPart(ctx, f, sheet); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	var first error
	for range workers {
		if err := <-done; err != nil && first == nil {
			first = err
			stop()
		}
	}
	return first
}

// verifyPart reads a part for its checksum, and looks at its end.
func (p *pack) verifyPart(ctx context.Context, f *zip.File, sheet sheetRef) error {
	if strings.HasSuffix(f.Name, "/") {
		return nil
	}
	var ends edges
	err := readThrough(ctx, f, &ends)
	isSheet := partKey(f.Name) == partKey(sheet.part)
	if err == nil {
		switch {
		case isSheet:
			err = ends.sheetEnd()
		case partKey(f.Name) == partKey(p.strings):
			err = ends.sharedEnd()
		}
	}
	if err == nil {
		return nil
	}
	err = scanProblem(fmt.Errorf("part %s: %w", f.Name, err))
	if isSheet && errors.Is(err, ErrDamaged) {
		return p.glimpseOf(ctx, err, sheet)
	}
	return err
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
	at := bytes.Index(end, []byte("<"+prefix+name+" "))
	if at < 0 {
		at = bytes.Index(end, []byte("<"+prefix+name+">"))
	}
	if at < 0 {
		return nil, false
	}
	head := ""
	for _, outer := range around {
		head += "<" + prefix + outer + ">"
	}
	return io.MultiReader(strings.NewReader(head), bytes.NewReader(end[at:])), true
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
