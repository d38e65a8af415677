package workbook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"rollcall/internal/workbook/charset"
)

// confirm opens the data that are to be saved as they will be opened, and refuses
// those of which a cell would not be read as it should. kept says that the
// lines are still in the encodings in which they were found.
func (s *csvSave) confirm(ctx context.Context, out []byte, kept bool) error {
	o := Options{Encoding: s.encoding}
	if kept && s.b.found.Mixed != nil {
		o.Encoding = ""
	}
	found, text, err := s.opened(ctx, out, o)
	if err != nil {
		return err
	}
	if wrong := s.misread(text); wrong != "" {
		return fail(ErrMisread, nil, "When the file is opened again, "+wrong+", so nothing was saved. Change it, or save as an Excel workbook (.xlsx).")
	}
	if o.Encoding == "" || s.overruled || detectedAs(out, found, text) {
		return nil
	}
	anew, text, err := s.opened(ctx, out, Options{})
	if err != nil {
		return err
	}
	return fail(ErrEncoding, nil, "When the file is opened again, it would be taken for "+anew.Encoding+" instead of "+s.encoding+", and "+cmp.Or(s.misread(text), "all would read differently")+", so nothing was saved. Change it, or save in UTF-8 or as an Excel workbook.")
}

// opened is what saved data are decoded to when they are opened.
func (s *csvSave) opened(ctx context.Context, out []byte, o Options) (found charset.Detection, text []byte, err error) {
	kind, err := sniff(inputOf(filepath.Base(s.b.Path), out))
	if err == nil && kind == kindText {
		err = holdableText(ctx, bytes.NewReader(out), int64(len(out)), s.b.options)
	}
	if err == nil && kind == kindText {
		found, text, err = decodeCSV(out, o)
	}
	if errors.Is(err, ErrEmpty) && s.blank() {
		err = nil // it will be said when it is opened
	}
	if ctx.Err() != nil {
		return found, nil, ctx.Err()
	}
	if err != nil || kind != kindText {
		return found, nil, fail(ErrMisread, err, "With these changes the file would not be taken for a CSV file when it is opened again, so nothing was saved. Save as an Excel workbook (.xlsx).")
	}
	return found, text, nil
}

// blank says that no text is left.
func (s *csvSave) blank() bool {
	return s.b.wanted(s.rows, func(row []string) error {
		for _, text := range row {
			if strings.TrimFunc(text, unseen) != "" {
				return errMisread
			}
		}
		return nil
	}) == nil
}

// detectedAs says that data, whose encoding is known, read as text when it is
// detected, or that a person is then asked and the known one is offered.
func detectedAs(data []byte, known charset.Detection, text []byte) bool {
	anew := charset.Detect(data)
	if anew.Encoding == known.Encoding && anew.BOM == known.BOM && anew.Mixed == nil {
		return true
	}
	got, err := decoded(data, anew)
	if err == nil && bytes.Equal(got, text) {
		return true
	}
	if len(bytes.TrimSpace(got)) == 0 {
		return false // it is refused as empty before anybody is asked
	}
	for _, g := range anew.Doubt {
		choice := charset.Detection{Encoding: g.Encoding, BOM: anew.BOM}
		if got, err := decoded(data, choice); err == nil && bytes.Equal(got, text) {
			return true
		}
	}
	return false
}

// misread says in words where a text does not read as the table with its changes
// first, "" where it does.
func (s *csvSave) misread(text []byte) (wrong string) {
	var p recordParser
	p.init(text, detectDialect(text, s.b.options.Separator))
	var got, scratch []byte
	row := 0
	err := s.b.wanted(s.rows, func(want []string) error {
		if !p.next() {
			wrong = fmt.Sprintf("row %d would be missing", row+1)
			return errMisread
		}
		for col := range max(len(want), len(p.fields)) {
			cell := ""
			if col < len(want) {
				cell = want[col]
			}
			if got = nil; col < len(p.fields) {
				got, scratch = p.cell(p.fields[col], scratch)
			}
			if string(got) != cell {
				wrong = "“" + shown(cell) + "” in " + place(row, col) + " would read “" + shown(string(got)) + "”"
				return errMisread
			}
		}
		row++
		return nil
	})
	if err == nil && p.next() {
		wrong = fmt.Sprintf("there would be rows behind row %d, the last one", row)
	}
	return wrong
}

// errMisread ends a comparison.
var errMisread = errors.New("misread")
