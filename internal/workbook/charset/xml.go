package charset

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// NewXMLReader decodes XML into UTF-8 without a byte order mark. The encoding is
// that of its mark, UTF-16 by its first letters ("<?" as in XML 1.0, appendix F,
// or "<w" where a workbook's part has no declaration), or what it states by a
// label of the WHATWG Encoding Standard, else UTF-8. The statement is left in it.
// It fails as r does.
func NewXMLReader(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 32<<10)
	head, err := b.Peek(200)
	if err != nil && err != io.EOF {
		return nil, err
	}
	name, n := bomOf(head)
	if name == "" {
		switch {
		case bytes.HasPrefix(head, []byte("<\x00?\x00")), bytes.HasPrefix(head, []byte("<\x00w\x00")):
			name = "UTF-16LE"
		case bytes.HasPrefix(head, []byte("\x00<\x00?")), bytes.HasPrefix(head, []byte("\x00<\x00w")):
			name = "UTF-16BE"
		}
	}
	if _, err := b.Discard(n); err != nil {
		return nil, err
	}
	if name != "" && name != "UTF-8" {
		return byName[strings.ToLower(name)].NewDecoder().Reader(b), nil
	}
	if i := bytes.Index(head, []byte("encoding=")); i >= 0 && bytes.HasPrefix(bytes.TrimSpace(head[n:]), []byte("<?xml")) {
		rest := head[i+len("encoding="):]
		if end := bytes.Index(head, []byte("?>")); end > i && len(rest) > 1 {
			if stop := bytes.IndexByte(rest[1:], rest[0]); stop > 0 {
				stated := strings.ToLower(string(rest[1 : 1+stop]))
				if e, err := htmlindex.Get(stated); err == nil && stated != "utf-8" && stated != "utf8" && !strings.HasPrefix(stated, "utf-16") {
					return e.NewDecoder().Reader(b), nil
				}
			}
		}
	}
	return b, nil
}
