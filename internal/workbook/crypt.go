package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"

	"github.com/richardlehane/mscfb"
	"github.com/xuri/excelize/v2"
)

const (
	// maxSpin bounds how often an encrypted workbook may ask for its password
	// to be hashed; Excel asks for 100,000.
	maxSpin = 500_000
	// maxLock bounds the bytes of the description of the encryption.
	maxLock = 64 << 10
)

var spinCount = regexp.MustCompile(`spinCount\s*=\s*["'](\d+)["']`)

// unaskedPassword is the one that Excel itself puts on a workbook that it
// encrypts though nobody asked for a password, as when its structure is
// protected. Excel tries it before it asks (MS-XLS, on the encryption of files),
// so its users do not know that there is one.
const unaskedPassword = "VelvetSweatshop"

const (
	// unaskedSpin and unaskedBytes bound what is tried without a password: as
	// often as Excel hashes, and what is decrypted in a tenth of a second.
	unaskedSpin  = 100_000
	unaskedBytes = 16 << 20
)

// unlock is decrypt, and returns the password that fits too: Excel's own where
// none is given.
func unlock(data []byte, password string) (plain []byte, fits string, err error) {
	if password == "" {
		if plain := unasked(data); plain != nil {
			return plain, unaskedPassword, nil
		}
	}
	plain, err = decrypt(data, password)
	return plain, password, err
}

// unasked opens what Excel opens without asking, and is nil for the rest.
func unasked(data []byte) []byte {
	if len(data) > unaskedBytes {
		return nil
	}
	lock, err := lockOf(data)
	if err != nil || spins(lock) > unaskedSpin {
		return nil
	}
	plain, err := excelizeDecrypt(data, unaskedPassword)
	if err != nil || !bytes.HasPrefix(plain, []byte("PK\x03\x04")) {
		return nil
	}
	return plain
}

// spins is the most that a description of the encryption asks for hashing.
func spins(lock []byte) int {
	most := 0
	for _, m := range spinCount.FindAllSubmatch(lock, -1) {
		n, err := strconv.Atoi(string(m[1]))
		if err != nil {
			return math.MaxInt
		}
		most = max(most, n)
	}
	return most
}

// decrypt opens an encrypted workbook (ECMA-376 agile or standard) and returns
// the archive inside.
func decrypt(data []byte, password string) ([]byte, error) {
	if password == "" {
		return nil, fail(ErrPassword, nil, "This workbook has a password. Enter its password, or remove it in Excel and open the file again.")
	}
	lock, err := lockOf(data)
	if err != nil {
		return nil, damaged(err)
	}
	if spins(lock) > maxSpin {
		return nil, fail(ErrUnsafe, nil, "This workbook's encryption is set up to keep the computer busy, so it was not opened. Remove its password in Excel and open it again.")
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

var errLock = errors.New("no description of the encryption")

// lockOf is the description of how a workbook is encrypted.
func lockOf(data []byte) (lock []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			lock, err = nil, fmt.Errorf("reading the container: %v", r)
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	for entry, err := doc.Next(); err == nil; entry, err = doc.Next() {
		if entry.Name != "EncryptionInfo" {
			continue
		}
		if entry.Size < 0 || entry.Size > maxLock {
			return nil, errLock
		}
		lock, err = io.ReadAll(io.LimitReader(entry, maxLock))
		if err != nil {
			return nil, err
		}
	}
	if lock == nil {
		return nil, errLock
	}
	return lock, nil
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
