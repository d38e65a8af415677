package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/workbook/charset"
	"rollcall/internal/workbook/formula"
)

// errNotPatchable says that what changes in the sheet's part hangs together
// with more than its cells.
var errNotPatchable = errors.New("changes move rows that something refers to, or touch formulas")

// savedXLSX is the workbook with its changes. Where only texts change, or rows
// move that nothing refers to, that is done in the sheet's part and nothing
// else changes by a byte; else excelize does it, which knows what hangs
// together. Either way the outcome is read again, and kept only if every cell
// of the sheet is as it should be.
func (b *Book) savedXLSX(ctx context.Context, c Changes) ([]byte, error) {
	rows, err := b.byRow(c)
	if err != nil {
		return nil, err
	}
	if err := holdableChanges(rows); err != nil {
		return nil, err
	}
	data := b.original()
	if data == nil {
		return nil, fail(ErrChangedOnDisk, nil, "The workbook is not there any more as it was opened, so it cannot be saved with its formats. Export the table as a new file instead; your work is still open.")
	}
	plain := data
	if b.Facts.Encrypted {
		if plain, err = decrypt(data, b.options.Password); err != nil {
			return nil, err
		}
	}
	if len(rows.cells) == 0 && len(rows.deleted) == 0 && len(rows.inserted) == 0 {
		return data, nil
	}
	out, err := b.patchedXLSX(ctx, plain, rows)
	if errors.Is(err, ErrFormula) {
		return nil, err
	}
	if err == nil {
		err = b.confirm(ctx, out, rows)
	}
	if err != nil && ctx.Err() == nil {
		out, err = b.throughExcelize(ctx, plain, rows)
		if err == nil {
			err = b.confirm(ctx, out, rows)
		}
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fail(ErrDamaged, err, "This workbook could not be saved without the risk of losing something in it, so it was not changed and your work is still open. Export the table as a new file instead.")
	}
	if b.Facts.Encrypted {
		return encrypt(out, b.options.Password)
	}
	return out, nil
}

func holdableChanges(rows rowChanges) error {
	for row, cells := range rows.cells {
		for col, text := range cells {
			if err := holdable(text, row, col); err != nil {
				return err
			}
		}
	}
	for after, inserted := range rows.inserted {
		for i, cells := range inserted {
			for col, text := range cells {
				if err := holdable(text, after+1+i, col); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// confirm reads the saved workbook again and compares every cell.
func (b *Book) confirm(ctx context.Context, out []byte, rows rowChanges) error {
	o := b.options
	o.Sheet, o.Password, o.HeaderRow = b.sheet.name, "", nil
	again, err := readXLSX(ctx, bytes.NewReader(out), int64(len(out)), o)
	if err != nil {
		return err
	}
	n := 0
	err = b.wanted(rows, func(want []string) error {
		for col := range max(len(want), again.Table.RowWidth(n)) {
			text := ""
			if col < len(want) {
				text = want[col]
			}
			if got := again.Table.Cell(n, col); got != text {
				return fmt.Errorf("cell %s reads %q after saving, not %q", formula.CellName(n+1, col), got, text)
			}
		}
		n++
		return nil
	})
	if err == nil && again.Table.Len() > n {
		err = fmt.Errorf("%d rows after saving, not %d", again.Table.Len(), n)
	}
	return err
}

// throughExcelize makes the changes with excelize.
func (b *Book) throughExcelize(ctx context.Context, plain []byte, rows rowChanges) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("excelize: %v", r)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(plain), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := b.excelizeCells(ctx, f, rows); err != nil {
		return nil, err
	}
	if err := b.excelizeRows(ctx, f, rows); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func (b *Book) excelizeCells(ctx context.Context, f *excelize.File, rows rowChanges) error {
	for _, row := range sortedKeys(rows.cells) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, col := range sortedKeys(rows.cells[row]) {
			if err := excelizeSet(f, b.sheet.name, row, col, rows.cells[row][col]); err != nil {
				return err
			}
		}
	}
	return nil
}

// excelizeSet writes one cell as text, or clears it.
func excelizeSet(f *excelize.File, sheet string, row, col int, text string) error {
	if text == "" {
		if err := f.SetCellFormula(sheet, formula.CellName(row+1, col), ""); err != nil {
			return err
		}
		return f.SetCellValue(sheet, formula.CellName(row+1, col), nil)
	}
	return f.SetCellStr(sheet, formula.CellName(row+1, col), text)
}

// excelizeRows deletes and inserts rows from the bottom up, so that the rows
// above keep their numbers.
func (b *Book) excelizeRows(ctx context.Context, f *excelize.File, rows rowChanges) error {
	touched := sortedKeys(rows.deleted)
	for after := range rows.inserted {
		touched = append(touched, after)
	}
	slices.Sort(touched)
	touched = slices.Compact(touched)
	slices.Reverse(touched)
	for _, row := range touched {
		if err := ctx.Err(); err != nil {
			return err
		}
		inserted := rows.inserted[row]
		if n := len(inserted); n > 0 {
			if row+1 < b.Table.Len() {
				if err := f.InsertRows(b.sheet.name, row+2, n); err != nil {
					return err
				}
			}
			for i, cells := range inserted {
				for col, text := range cells {
					if text == "" {
						continue
					}
					if err := excelizeSet(f, b.sheet.name, row+1+i, col, text); err != nil {
						return err
					}
				}
			}
		}
		if rows.deleted[row] {
			if err := f.RemoveRow(b.sheet.name, row+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// patchedXLSX replaces the sheet's part by one with the new texts and copies
// every other part as it is packed.
func (b *Book) patchedXLSX(ctx context.Context, plain []byte, rows rowChanges) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, err
	}
	sheet, others, err := b.patchedParts(ctx, plain, z, rows)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(plain) + len(plain)/8)
	w := zip.NewWriter(&out)
	if err := w.SetComment(z.Comment); err != nil {
		return nil, err
	}
	done := false
	for _, f := range z.File {
		if key := partKey(f.Name); key != b.sheet.part || done {
			switch moved := others[key]; {
			case moved == nil:
				err = w.Copy(f)
			case len(moved) > 0:
				err = rewritePart(w, f, moved)
			}
			if err != nil {
				return nil, err
			}
			continue
		}
		done = true
		if err := rewritePart(w, f, sheet); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// patchedParts are the sheet's part with the changes, and what other parts become
// by them.
func (b *Book) patchedParts(ctx context.Context, plain []byte, z *zip.Reader, rows rowChanges) (sheet []byte, others map[string][]byte, err error) {
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return partKey(f.Name) == b.sheet.part })
	if i < 0 {
		return nil, nil, errNotPatchable
	}
	part, err := b.unpackedPart(ctx, z.File[i])
	if err != nil {
		return nil, nil, err
	}
	shift := rows.shift()
	l := loosening{rows: rows, place: shift, shift: formula.Shift{Rows: shift, Sheet: b.sheet.name, Here: true}}
	if part, err = l.loosened(ctx, part); err != nil {
		return nil, nil, err
	}
	patch := sheetPatch{part: part, rows: rows}
	if sheet, err = patch.apply(ctx); err != nil {
		return nil, nil, err
	}
	m, err := b.newMover(ctx, plain, rows)
	if err != nil {
		return nil, nil, err
	}
	if rows.move() {
		if err = m.others(); err != nil {
			return nil, nil, err
		}
		if sheet, err = movedRanges(ctx, sheet, shift, b.sheet.name); err != nil {
			return nil, nil, err
		}
	}
	return sheet, m.parts, m.calculation(patch)
}

func (b *Book) unpackedPart(ctx context.Context, f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in, err := charset.NewXMLReader(&limited{ctx: ctx, r: r, left: maxUnpacked})
	if err != nil {
		return nil, err
	}
	part, err := io.ReadAll(in)
	return inUTF8(part), err
}

// rewritePart writes new content in the place of a part.
func rewritePart(w *zip.Writer, f *zip.File, text []byte) error {
	to, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
	if err != nil {
		return err
	}
	_, err = to.Write(text)
	return err
}

var xmlEncoding = regexp.MustCompile(`^(\s*<\?xml[^>]*\sencoding=)(?:"[^"]*"|'[^']*')`)

// inUTF8 states the encoding that a part is in after it was decoded.
func inUTF8(part []byte) []byte {
	head := part[:min(len(part), 200)]
	m := xmlEncoding.FindSubmatchIndex(head)
	if m == nil || bytes.Contains(bytes.ToLower(head[m[3]:m[1]]), []byte("utf-8")) {
		return part
	}
	return slices.Concat(part[:m[3]], []byte(`"UTF-8"`), part[m[1]:])
}
