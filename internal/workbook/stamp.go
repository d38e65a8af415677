package workbook

import (
	"hash/maphash"
	"io/fs"
	"os"
	"time"
)

// Stamp tells whether a file on disk is still the one that was read. It is
// meaningful within one run of the program.
type Stamp struct {
	// Size is in bytes.
	Size int64
	// Modified is the file's own modification time.
	Modified time.Time
	sum      uint64
}

var stampSeed = maphash.MakeSeed()

// stampedBytes bounds the files whose content is compared; of larger ones, the
// time of change alone speaks.
const stampedBytes = 16 << 20

func stampOf(info fs.FileInfo, data []byte) Stamp {
	s := Stamp{Size: info.Size(), Modified: info.ModTime()}
	if s.Size <= stampedBytes {
		s.sum = maphash.Bytes(stampSeed, data)
	}
	return s
}

// Stamp is the state of the file when it was read.
func (b *Book) Stamp() Stamp { return b.stamp }

// ChangedOnDisk says whether the file at Path has other content than when it
// was read, or is gone. A Book from memory never changes.
func (b *Book) ChangedOnDisk() bool {
	if b.Path == "" {
		return false
	}
	info, err := os.Stat(b.Path)
	if err != nil {
		return true
	}
	if info.Size() != b.stamp.Size {
		return true
	}
	if info.ModTime().Equal(b.stamp.Modified) {
		return false
	}
	if b.stamp.Size > stampedBytes {
		return true
	}
	data, err := os.ReadFile(b.Path)
	return err != nil || maphash.Bytes(stampSeed, data) != b.stamp.sum
}
