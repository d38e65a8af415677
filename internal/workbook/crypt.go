package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// maxSpin bounds how often an encrypted workbook may ask for its password to
// be hashed; Excel asks for 100,000.
const maxSpin = 1_000_000

var spinCount = regexp.MustCompile(`spinCount="(\d+)"`)

// decrypt opens an encrypted workbook (ECMA-376 agile or standard) and returns
// the archive inside.
func decrypt(data []byte, password string) ([]byte, error) {
	if password == "" {
		return nil, fail(ErrPassword, nil, "This workbook has a password. Enter its password, or remove it in Excel and open the file again.")
	}
	for _, m := range spinCount.FindAllSubmatch(data, 4) {
		if n, err := strconv.Atoi(string(m[1])); err != nil || n > maxSpin {
			return nil, fail(ErrUnsafe, nil, "This workbook's encryption is set up to keep the computer busy, so it was not opened. Remove its password in Excel and open it again.")
		}
	}
	plain, err := excelizeDecrypt(data, password)
	if err != nil && !errors.Is(err, excelize.ErrWorkbookPassword) {
		return nil, damaged(err)
	}
	if err != nil || !bytes.HasPrefix(plain, []byte("PK")) {
		return nil, fail(ErrWrongPassword, err, "The workbook did not open with this password. Check letter case and the keyboard's language, and try again.")
	}
	return plain, nil
}

// excelizeDecrypt guards against the library's panics on malformed containers.
func excelizeDecrypt(data []byte, password string) (plain []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			plain, err = nil, fmt.Errorf("decrypting: %v", r)
		}
	}()
	return excelize.Decrypt(data, &excelize.Options{Password: password})
}

// smallPackage is the size below which the container keeps its content in
// another way, which the library does not write rightly.
const smallPackage = 8192

// encrypt locks an archive with a password, and makes sure that the password
// opens it again.
func encrypt(plain []byte, password string) ([]byte, error) {
	plain = padArchive(plain, smallPackage)
	out, err := excelize.Encrypt(plain, &excelize.Options{Password: password})
	if err != nil {
		return nil, err
	}
	again, err := excelizeDecrypt(out, password)
	if err != nil || !bytes.HasPrefix(again, plain) {
		return nil, fail(ErrPassword, err, "This workbook could not be saved with its password, so nothing was changed and your work is still open. Export the table as a new file instead.")
	}
	return out, nil
}

// padArchive makes an archive without a comment at least size bytes long, by
// giving it a comment of spaces.
func padArchive(data []byte, size int) []byte {
	n := size - len(data)
	if n <= 0 || !bytes.HasSuffix(data, []byte{0, 0}) {
		return data
	}
	out := append([]byte{}, data[:len(data)-2]...)
	out = append(out, byte(n), byte(n>>8))
	return append(out, bytes.Repeat([]byte{' '}, n)...)
}
