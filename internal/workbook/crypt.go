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
