package workbook

import (
	"errors"
	"fmt"
	"io/fs"

	"rollcall/internal/problem"
)

// The kinds of failure, for errors.Is. Each comes inside a problem.Problem
// whose sentence says what to do.
var (
	// ErrNotFound: there is no such file.
	ErrNotFound = errors.New("file not found")
	// ErrPermission: the file or its folder may not be read or written.
	ErrPermission = errors.New("no permission")
	// ErrEmpty: the file has no content at all.
	ErrEmpty = errors.New("file is empty")
	// ErrPassword: the workbook is encrypted and no password was given.
	ErrPassword = errors.New("password needed")
	// ErrWrongPassword: the password given does not open the workbook. It also
	// matches ErrPassword.
	ErrWrongPassword = fmt.Errorf("wrong password: %w", ErrPassword)
	// ErrNotSheet: the content is something else than CSV or XLSX.
	ErrNotSheet = errors.New("not a CSV or XLSX file")
	// ErrDamaged: the workbook is cut short, fails its checksums or breaks its format.
	ErrDamaged = errors.New("file is damaged")
	// ErrTooLarge: the content is larger than can be held, unpacked or as it is.
	ErrTooLarge = errors.New("file is too large")
	// ErrUnsafe: the content is made to exhaust whoever reads it.
	ErrUnsafe = errors.New("file is unsafe")
	// ErrNoSheet: the workbook has no such worksheet, or none at all.
	ErrNoSheet = errors.New("no such worksheet")
	// ErrOption: an option cannot be honoured, such as an unknown encoding.
	ErrOption = errors.New("option not possible")
	// ErrEncoding: a changed cell holds a character that the file's encoding
	// lacks, or one by which the file would be taken for another encoding.
	ErrEncoding = errors.New("character not in the file's encoding")
	// ErrMisread: what was to be saved would be read as something else when it is
	// opened again.
	ErrMisread = errors.New("saved file would be misread")
	// ErrCharacter: a cell holds what an XLSX file cannot hold.
	ErrCharacter = errors.New("character not possible in XLSX")
	// ErrFormula: a cell is one of several that hold one formula together, and
	// cannot be changed alone.
	ErrFormula = errors.New("part of an array formula")
	// ErrChangedOnDisk: the file was changed by someone else since it was opened.
	ErrChangedOnDisk = errors.New("file changed on disk")
	// ErrInUse: another program holds the file open.
	ErrInUse = errors.New("file in use")
	// ErrReadOnly: the file or folder cannot be written to.
	ErrReadOnly = errors.New("read-only")
	// ErrDiskFull: there is no room left.
	ErrDiskFull = errors.New("disk full")
)

// fail makes a Problem of a kind, with an optional cause for the log.
func fail(kind, cause error, text string) error {
	if cause == nil {
		return problem.New(text, kind)
	}
	return problem.New(text, fmt.Errorf("%w: %w", kind, cause))
}

func readProblem(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail(ErrNotFound, err, "This file is not there any more. Check where it is, and open it again.")
	case errors.Is(err, fs.ErrPermission):
		return fail(ErrPermission, err, "This file may not be read with your permissions. Copy it to a folder of your own and open the copy.")
	default:
		return fail(ErrPermission, err, "This file could not be read from the disk. Copy it to another folder and open the copy.")
	}
}

func damaged(cause error) error {
	return fail(ErrDamaged, cause, "This workbook is damaged or was not downloaded whole, so it was not opened. Get it again from where it came, or open it in Excel, let Excel repair it and save it.")
}

func tooLarge(cause error) error {
	return fail(ErrTooLarge, cause, "This workbook is too large when unpacked, so it was not opened. Copy the rows you need into a new workbook and open that.")
}

// isProblem says that an error already has its sentence.
func isProblem(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p)
}
