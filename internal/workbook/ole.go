package workbook

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Microsoft's old container (MS-CFB) holds old workbooks and locked new ones.
// Only the names in its directory are read here.
const (
	oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	oleEntry = 128 // bytes of a directory entry (§2.6.1)
	oleNone  = 0xfffffffa
	// oleSectors bounds how many sectors of the directory are read: real ones
	// have a few.
	oleSectors = 512
)

// oleStreams are the names of the streams in a container, in small letters,
// since a container does not tell letter cases apart (MS-CFB §2.6.4) and some
// programs write capitals. In a damaged one,
// whose directory cannot be followed, they are looked for in its first and its
// last part.
func oleStreams(c input) map[string]bool {
	names := map[string]bool{}
	if oleDirectory(c, names); len(names) > 0 {
		return names
	}
	tail := make([]byte, min(c.size, headBytes))
	n, _ := c.r.ReadAt(tail, c.size-int64(len(tail)))
	for _, name := range []string{"EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document", "__properties_version1.0"} {
		var wide []byte
		for _, u := range utf16.Encode([]rune(name)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		wide = append(wide, 0, 0)
		if bytes.Contains(c.head, wide) || bytes.Contains(tail[:n], wide) {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}

// oleDirectory follows the chain of the directory's sectors.
func oleDirectory(c input, names map[string]bool) {
	if len(c.head) < 512 {
		return
	}
	word := func(at int) uint32 { return binary.LittleEndian.Uint32(c.head[at:]) }
	shift := binary.LittleEndian.Uint16(c.head[30:])
	if shift != 9 && shift != 12 {
		return
	}
	sector := make([]byte, 1<<shift)
	entry := make([]byte, 4)
	for n, at := 0, word(48); n < oleSectors && at < oleNone; n++ {
		if _, err := c.r.ReadAt(sector, int64(at+1)<<shift); err != nil {
			return
		}
		for i := 0; i+oleEntry <= len(sector); i += oleEntry {
			if name := oleName(sector[i : i+oleEntry]); name != "" {
				names[strings.ToLower(name)] = true
			}
		}
		// The first 109 sectors of the table of chains are listed in the head,
		// which covers 7 MB, and directories stand in front of what is large.
		perSector := uint32(1) << (shift - 2)
		listed := at / perSector
		if listed >= 109 {
			return
		}
		table := int64(word(76+4*int(listed))+1) << shift
		if _, err := c.r.ReadAt(entry, table+4*int64(at%perSector)); err != nil {
			return
		}
		at = binary.LittleEndian.Uint32(entry)
	}
}

// oleName is the name of a directory entry, "" for an unused one.
func oleName(entry []byte) string {
	size := int(binary.LittleEndian.Uint16(entry[64:]))
	if entry[66] == 0 || size < 4 || size > 64 || size%2 != 0 {
		return ""
	}
	var units []uint16
	for i := 0; i < size-2; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(entry[i:]))
	}
	return string(utf16.Decode(units))
}
