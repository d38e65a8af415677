package workbook

import (
	"archive/zip"
	"errors"
	"io"
)

// zipLocked is the flag of a file in an archive that is encrypted (APPNOTE
// 4.4.4, bit 0).
const zipLocked = 1

// archive lists the files of a ZIP archive, unless they are more than any
// workbook has.
func archive(data io.ReaderAt, size int64) ([]*zip.File, error) {
	directory := &bounded{r: data, left: maxDirectory}
	z, err := zip.NewReader(directory, size)
	if errors.Is(err, errTooMuch) || err == nil && len(z.File) > maxParts {
		return nil, fail(ErrUnsafe, err, "This workbook is made of more parts than any real one, so it was not opened. Copy the rows you need into a new workbook and open that.")
	}
	if err != nil {
		return nil, damaged(err)
	}
	directory.open = true
	z.RegisterDecompressor(zip.Deflate, inflate)
	return z.File, nil
}

// sizes refuses an archive whose directory promises what no workbook holds.
// Nothing is unpacked for it.
func sizes(files []*zip.File, size int64) error {
	var packed, deflated, unpacked uint64
	for _, f := range files {
		packed += min(f.CompressedSize64, 1<<40)
		unpacked += min(f.UncompressedSize64, 1<<40)
		deflated += deflatedBytes(f)
		if swollen(f) {
			return fail(ErrUnsafe, ErrTooLarge, "This workbook would unpack to a size that no real sheet has, so it was not opened. Copy the rows you need into a new workbook and open that.")
		}
		if f.Flags&zipLocked != 0 {
			return fail(ErrNotSheet, nil, "This file was locked with a password by a ZIP program. Unpack it with that program and its password, and open the workbook inside.")
		}
	}
	if packed > uint64(size) {
		return fail(ErrUnsafe, nil, "The parts of this workbook lie over one another, as in files that are made to fill the memory, so it was not opened. Copy the rows you need into a new workbook and open that.")
	}
	if unpacked > maxUnpacked {
		return tooLarge(nil)
	}
	if deflated > maxAllPacked {
		return heavilyPacked("This workbook is packed into more than 192 MB")
	}
	return nil
}

// heavilyPacked refuses what takes too long to unpack.
func heavilyPacked(what string) error {
	return fail(ErrTooLarge, nil, what+", which takes too long to unpack and check, so it was not opened. Save the sheet that you need as CSV and open that, or copy its rows into a new workbook.")
}

// deflatedBytes is what a part is packed into, 0 where it is not packed.
func deflatedBytes(f *zip.File) uint64 {
	if f.Method != zip.Deflate {
		return 0
	}
	return min(f.CompressedSize64, 1<<40)
}

// swollen says that a part unpacks to much more than real ones do.
func swollen(f *zip.File) bool {
	n := f.UncompressedSize64
	return n > ratioFrom && n/maxRatio > f.CompressedSize64 || n > hugeFrom && n/hugeRatio > f.CompressedSize64
}

// bounded lets only so many bytes be read until it is open.
type bounded struct {
	r    io.ReaderAt
	left int
	open bool
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if !b.open {
		if b.left -= len(p); b.left < 0 {
			return 0, errTooMuch
		}
	}
	return b.r.ReadAt(p, off)
}
