package workbook

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// eachToken calls f with every token of a part and the bytes from start to end
// that it stands in.
func eachToken(ctx context.Context, part []byte, f func(s *xmlScanner, start, end int) error) error {
	counted := &countingReader{r: bytes.NewReader(part)}
	s := newXMLScanner(counted)
	for n := 0; ; n++ {
		if n&0xfff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		before := counted.n - (s.end - s.pos)
		err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		after := counted.n - (s.end - s.pos)
		start := before
		switch s.kind {
		case xmlStart:
			start = tagStart(part, before, after, s)
		case xmlEnd:
			// What next passed over before the tag (comments) belongs to before.
			start = bytes.LastIndexByte(part[before:after], '<') + before
		}
		if err := f(s, start, after); err != nil {
			return err
		}
	}
}

// tagStart is where the start tag that ends at after begins: its attributes
// and name are known, so it is that long and one "<" before.
func tagStart(part []byte, before, after int, s *xmlScanner) int {
	length := len(s.attrs) + 1
	if s.self {
		length++
	}
	return bytes.LastIndexByte(part[before:after-length], '<') + before
}

type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

// verdict is what becomes of an element.
type verdict uint8

const (
	keep verdict = iota
	// drop leaves the element out.
	drop
	// dropItem leaves the element around it out too, which is nothing without
	// it.
	dropItem
	// giveUp ends the edit with errNotPatchable.
	giveUp
)

// xmlEdit copies a part and changes what rules say.
type xmlEdit struct {
	// start is called with each start tag and returns it as it is to be; an
	// element that is dropped is left out to its end.
	start func(s *xmlScanner, tag []byte) ([]byte, verdict)
	// text is called with each text and the name of the element that it stands
	// in, and returns the text as it is to be; nil for "as it is".
	text func(element, text string) (string, verdict)
	// lists are the elements that must not be without content, and what becomes
	// of one whose content was all dropped.
	lists map[string]verdict

	part   []byte
	out    bytes.Buffer
	copied int
	at     int // where the token ends that is being read
	open   []openElement
	gone   int // how many elements are open in the one that is left out, itself included
}

type openElement struct {
	name string
	at   int // where it begins in out
	kids int
	had  int // children that were dropped
	// doomed says that it is left out once it was read.
	doomed bool
}

func (e *xmlEdit) apply(ctx context.Context, part []byte) ([]byte, error) {
	e.part = part
	if err := eachToken(ctx, part, e.token); err != nil {
		return nil, err
	}
	e.upTo(len(part))
	return e.out.Bytes(), nil
}

func (e *xmlEdit) upTo(pos int) {
	e.out.Write(e.part[e.copied:pos])
	e.copied = pos
}

// around is the name of the n-th element around what is being read, from 0 for
// the nearest, and "" where there are not so many.
func (e *xmlEdit) around(n int) string {
	if n >= len(e.open) {
		return ""
	}
	return e.open[len(e.open)-1-n].name
}

func (e *xmlEdit) token(s *xmlScanner, start, end int) error {
	e.at = end
	if e.gone > 0 {
		switch {
		case s.kind == xmlStart && !s.self:
			e.gone++
		case s.kind == xmlEnd:
			e.gone--
		}
		e.copied = end
		return nil
	}
	switch s.kind {
	case xmlStart:
		return e.startTag(s, start, end)
	case xmlEnd:
		e.endTag(end)
		return nil
	default:
		return e.textToken(s, start, end)
	}
}

func (e *xmlEdit) startTag(s *xmlScanner, start, end int) error {
	name, self := string(s.name), s.self
	tag, what := e.start(s, e.part[start:end])
	switch what {
	case giveUp:
		return errNotPatchable
	case drop:
		e.upTo(start)
		e.copied = end
		if n := len(e.open); n > 0 {
			e.open[n-1].had++
		}
		if !self {
			e.gone = 1
		}
		return nil
	}
	e.upTo(start)
	if n := len(e.open); n > 0 {
		e.open[n-1].kids++
	}
	if !self {
		e.open = append(e.open, openElement{name: name, at: e.out.Len()})
	}
	if tag != nil {
		e.out.Write(tag)
		e.copied = end
	}
	return nil
}

func (e *xmlEdit) endTag(end int) {
	n := len(e.open) - 1
	top := e.open[n]
	e.open = e.open[:n]
	emptied := keep
	if top.had > 0 && top.kids == 0 {
		emptied = e.lists[top.name]
	}
	if !top.doomed && emptied == keep {
		return
	}
	e.out.Truncate(top.at)
	e.copied = end
	if n > 0 {
		e.open[n-1].kids--
		e.open[n-1].had++
		e.open[n-1].doomed = e.open[n-1].doomed || emptied == dropItem
	}
}

func (e *xmlEdit) textToken(s *xmlScanner, start, end int) error {
	if e.text == nil || len(e.open) == 0 {
		return nil
	}
	old := string(s.text)
	text, what := e.text(e.open[len(e.open)-1].name, old)
	switch n := len(e.open); {
	case what == giveUp:
		return errNotPatchable
	case what == drop:
		e.open[n-1].doomed = true
	case what == dropItem && n > 1:
		e.open[n-2].doomed = true
	}
	if text == old {
		return nil
	}
	if bytes.IndexByte(e.part[start:end], '<') >= 0 {
		return errNotPatchable // a comment or CDATA stands there too
	}
	e.upTo(start)
	e.out.WriteString(escapeXML(text))
	e.copied = end
	return nil
}
