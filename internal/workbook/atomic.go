package workbook

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// WriteAtomic writes a file so that at any moment there is either the whole
// old one or the whole new one: into a temporary file in the same folder,
// flushed to the disk, then renamed. A symbolic link is followed and stays; an
// existing file's permissions are kept. When it fails, the old file is
// untouched and nothing is left behind.
func WriteAtomic(path string, write func(io.Writer) error) error {
	target, mode, err := writeTarget(path)
	if err != nil {
		return err
	}
	dir, base := filepath.Split(target)
	if dir == "" {
		dir = "."
	}
	tmp, err := os.CreateTemp(dir, "."+base+".*.tmp")
	if err != nil {
		return writeProblem(err)
	}
	if err := fillAndRename(tmp, target, mode, write); err != nil {
		os.Remove(tmp.Name())
		if isProblem(err) {
			return err
		}
		return writeProblem(err)
	}
	syncDir(dir)
	return nil
}

func fillAndRename(tmp *os.File, target string, mode fs.FileMode, write func(io.Writer) error) error {
	err := write(tmp)
	if err == nil {
		err = tmp.Chmod(mode)
		if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM) {
			err = nil // file systems without permissions
		}
	}
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), target)
}

// writeTarget follows links and checks that the file, if there is one, may be
// replaced.
func writeTarget(path string) (string, fs.FileMode, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if link, linkErr := os.Readlink(path); linkErr == nil {
			// A link to a file that is to be made.
			if !filepath.IsAbs(link) {
				link = filepath.Join(filepath.Dir(path), link)
			}
			return link, 0o644, nil
		}
		return path, 0o644, nil
	}
	if err != nil {
		return "", 0, writeProblem(err)
	}
	if info.IsDir() {
		return "", 0, fail(ErrReadOnly, nil, "There is a folder with this name, so nothing was saved. Choose another name.")
	}
	if info.Mode().Perm()&0o200 == 0 {
		return "", 0, fail(ErrReadOnly, nil, "This file is write-protected, so it was not changed and your work is still open. Save under another name, or remove the protection and save again.")
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", 0, writeProblem(err)
	}
	return target, info.Mode().Perm(), nil
}

// syncDir makes the rename itself last. Where folders cannot be flushed, the
// rename is as lasting as the system makes it.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// Windows' own error numbers, which have no portable names.
const (
	winSharingViolation = syscall.Errno(32)
	winLockViolation    = syscall.Errno(33)
	winDiskFull         = syscall.Errno(112)
)

func writeProblem(err error) error {
	var no syscall.Errno
	errors.As(err, &no)
	windows := os.PathSeparator == '\\'
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), windows && no == winDiskFull:
		return fail(ErrDiskFull, err, "There is no room left on this disk, so nothing was saved; the old file is whole and your work is still open. Make room, or save to another disk.")
	case windows && (no == winSharingViolation || no == winLockViolation), errors.Is(err, syscall.ETXTBSY), errors.Is(err, syscall.EBUSY):
		return fail(ErrInUse, err, "Another program has this file open, so it was not changed and your work is still open. Close it there and save again, or save under another name.")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fail(ErrReadOnly, err, "This folder cannot be written to, so nothing was saved and your work is still open. Save to another folder.")
	case errors.Is(err, fs.ErrNotExist):
		return fail(ErrNotFound, err, "The folder to save in is not there any more, so nothing was saved and your work is still open. Save to another folder.")
	default:
		return fail(ErrReadOnly, err, "The file could not be written, so nothing was saved and your work is still open. Save to another folder or disk.")
	}
}

// heldOpen says whether the lock file of Excel or LibreOffice lies beside a
// file: the sign that it is open there.
func heldOpen(path string) bool {
	dir, base := filepath.Split(path)
	names := []string{"~$" + base, ".~lock." + base + "#"}
	if len(base) > 8 {
		// Excel drops the first two characters of long names.
		names = append(names, "~$"+base[2:])
	}
	for _, n := range names {
		if _, err := os.Lstat(filepath.Join(dir, n)); err == nil {
			return true
		}
	}
	return false
}
