package workbook

import "rollcall/internal/workbook/formula"

// What a file may ask of the computer. Every limit is far above what a list of
// people needs, and every file beyond one is refused with a sentence within a
// second and 256 MiB: what its head or its directory tells is judged before
// anything is unpacked, and what only its content tells is foreseen from the
// first of it.
const (
	// maxFileBytes bounds any file on disk, maxTextBytes a CSV and
	// maxLockedBytes a workbook with a password, which is unlocked in memory.
	maxFileBytes   = 2 << 30
	maxTextBytes   = 1 << 30
	maxLockedBytes = 64 << 20

	// What is packed with DEFLATE takes a second to unpack for every 110 MB or so
	// that it is packed into: maxPacked bounds the sheet that is read and its
	// texts, maxAllPacked all parts, two of which are unpacked at once.
	maxPacked    = 96 << 20
	maxAllPacked = 2 * maxPacked
	// maxUnpacked bounds all parts of a workbook, maxBeside those that are not
	// the sheet that is read nor its texts. A real sheet, whose cells are
	// numbered, packs ten to thirty times; more than maxRatio in a large part,
	// and more than hugeRatio in a huge one, is made to hurt.
	maxUnpacked = 640 << 20
	maxBeside   = 256 << 20
	maxRatio    = 100
	ratioFrom   = 16 << 20
	hugeRatio   = 45
	hugeFrom    = 96 << 20
	// maxParts bounds the files in an archive, maxDirectory the bytes of their
	// list.
	maxParts     = 20000
	maxDirectory = 8 << 20
	// maxIndex is the size of a part that only tells what the others are:
	// workbook, relations, styles. Real ones are far below.
	maxIndex = 24 << 20

	// maxText bounds the bytes of a sheet's texts and of the shared ones,
	// maxTexts both together, and each cell explains cellText bytes more. What
	// takes those is read through before it is held. A shared text takes
	// textCost bytes beside its own.
	maxText  = 128 << 20
	maxTexts = 192 << 20
	cellText = 16
	textCost = 8
	// maxRowText bounds the text of one row of a sheet.
	maxRowText = 16 << 20
	maxSheets  = 4096
	// maxStyles is above the 65,490 cell formats that Excel allows, maxCode
	// above the 255 characters that it allows for a number format.
	maxStyles = 1 << 17
	maxCode   = 4096
	// maxJunk is how much of a sheet may stand beside its cells, and allowCell
	// and allowText how much more each cell, and each byte of text, explains.
	maxJunk   = 32 << 20
	allowCell = 400
	allowText = 8

	// maxTokens bounds the tags and texts of a part that are read one by one, since
	// they are not in one of the forms that spreadsheet programs write: half a
	// second's work.
	maxTokens = 24 << 20

	// The limits of a worksheet (Excel specifications and limits).
	maxRows    = formula.MaxRows
	maxColumns = formula.MaxColumns
	// maxCells bounds the cells of a sheet that are held, gaps included, and
	// maxEmpty those that have a format but no text.
	maxCells = 20 << 20
	maxEmpty = 12 << 20
	// maxLate and maxLateText bound the cells out of their rows' order.
	maxLate     = 1 << 20
	maxLateText = 32 << 20

	// maxTextRows, maxTextCells and maxLine bound a CSV: its lines, its cells
	// and the bytes of a line.
	maxTextRows  = 16 << 20
	maxTextCells = 64 << 20
	maxLine      = 16 << 20
)

// foreseeFrom is how much of a part must have been read before the rest is
// judged by it, and foreseeEach how often it is judged; leeway is how far beyond
// a limit the guess must lie when nothing of the part was read yet.
const (
	foreseeFrom = 6 << 20
	foreseeEach = 1 << 20
	leeway      = 0.05
)

// exceeds says that what was counted in the part so far is beyond the limit,
// or would be at its end if it went on like that.
func (s *xmlScanner) exceeds(counted, limit int) bool {
	if counted > limit {
		return true
	}
	if s.taken < foreseeFrom || s.total <= s.taken {
		return false
	}
	read := float64(s.taken) / float64(s.total)
	return float64(counted) > read*(1+leeway*(1-read))*float64(limit)
}
