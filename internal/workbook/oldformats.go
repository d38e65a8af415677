package workbook

import (
	"bytes"
	"encoding/binary"
)

// The spreadsheets and tables of older programs begin with records or words of
// their own. None of them is opened here; each is called by its name.

const (
	dif       = "This is a spreadsheet in the old Data Interchange Format (.dif). Open it in Excel and save it as “Excel Workbook (.xlsx)”."
	sylk      = "This is a spreadsheet in the old SYLK format. Open it in Excel and save it as “Excel Workbook (.xlsx)”."
	dBase     = "This is a dBASE table (.dbf). Open it in Excel and save it as “Excel Workbook (.xlsx)”."
	lotus     = "This is an old Lotus 1-2-3 spreadsheet. Open it in LibreOffice and save it as “Excel 2007–365 (.xlsx)”."
	quattro   = "This is an old Quattro Pro spreadsheet. Open it in LibreOffice and save it as “Excel 2007–365 (.xlsx)”."
	works     = "This is an old Microsoft Works spreadsheet. Open it in LibreOffice and save it as “Excel 2007–365 (.xlsx)”."
	ethercalc = "This is an EtherCalc spreadsheet, which only EtherCalc opens. Open it there, save it as CSV or Excel, and open that file."
)

// oldFormat is the sentence for the content of an older program, or "".
func oldFormat(c input) string {
	head := c.head
	switch {
	case rawExcel(head):
		return oldExcel
	case recordFormat(head) != "":
		return recordFormat(head)
	case isDBase(c):
		return dBase
	case isDIF(head):
		return dif
	case isSYLK(head):
		return sylk
	case bytes.HasPrefix(head, []byte("socialcalc:version:")):
		return ethercalc
	}
	return ""
}

// rawExcel recognises workbooks of Excel 2 to 5 outside a container: the record
// that opens a file, of 4, 6, 8 or 16 bytes (MS-XLS §2.4.21, and its forms in
// the versions before). The control characters in it stand in no text.
func rawExcel(head []byte) bool {
	if len(head) < 4 || head[0] != 0x09 || head[3] != 0 {
		return false
	}
	version, size := head[1], head[2]
	return (version == 0 || version == 2 || version == 4 || version == 8) && (size == 4 || size == 6 || size == 8 || size == 16)
}

// recordFormat tells the spreadsheets apart that begin, as that of Lotus 1-2-3
// did first, with a record 0 of 2 or 26 bytes that holds a version.
func recordFormat(head []byte) string {
	if len(head) < 6 || head[1] != 0 || head[3] != 0 {
		return ""
	}
	version := binary.LittleEndian.Uint16(head[4:])
	switch {
	case head[0] == 0xff && head[2] == 2 && version == 0x0404:
		return works
	case head[0] == 0 && head[2] == 2:
		switch version {
		case 0x0404:
			if len(head) > 7 && head[6] == 0x05 && head[7] == 0x54 {
				return works // the next record is one that only Works writes
			}
			return lotus
		case 0x0405, 0x0406:
			return lotus
		case 0x1001, 0x1002, 0x1007, 0x5120, 0x5121:
			return quattro
		}
	case head[0] == 0 && head[2] == 0x1a && version >= 0x1000 && version <= 0x1005:
		return lotus
	}
	return ""
}

// isDBase recognises a dBASE or FoxPro table by its version, the date of its
// last change, and its list of fields: 32 bytes each behind 32, with a carriage
// return at the end. FoxPro adds 263 bytes.
func isDBase(c input) bool {
	const field, foxPro = 32, 263
	if len(c.head) < 2*field+1 || bytes.IndexByte([]byte("\x02\x03\x04\x30\x31\x32\x43\x63\x83\x8b\x8c\xcb\xf5\xfb"), c.head[0]) < 0 {
		return false
	}
	month, day := c.head[2], c.head[3]
	size := int(binary.LittleEndian.Uint16(c.head[8:]))
	row := binary.LittleEndian.Uint16(c.head[10:])
	if month > 12 || day > 31 || row == 0 || size < 2*field+1 || size > len(c.head) {
		return false
	}
	if bytes.IndexByte(c.head[field:field+11], 0) < 0 {
		return false // the name of the first field, which ends in a zero
	}
	for _, end := range []int{size - 1, size - 2, size - 1 - foxPro} {
		if end > 0 && end%field == 0 && c.head[end] == '\r' {
			return true
		}
	}
	return false
}

// isDIF recognises the first item of a file in Data Interchange Format.
func isDIF(head []byte) bool {
	first, rest := cutLine(head)
	second, _ := cutLine(rest)
	return string(first) == "TABLE" && string(second) == "0,1"
}

// isSYLK recognises the first two records of a SYLK file. A first line that
// begins with "ID;P" alone may be the header of a CSV.
func isSYLK(head []byte) bool {
	first, rest := cutLine(head)
	second, _ := cutLine(rest)
	if !bytes.HasPrefix(first, []byte("ID;P")) {
		return false
	}
	if bytes.HasPrefix(first, []byte("ID;PWXL")) || bytes.HasPrefix(first, []byte("ID;PSCALC")) {
		return true
	}
	record, fields, _ := bytes.Cut(second, []byte(";"))
	switch string(record) {
	case "E":
		return len(fields) == 0
	case "B", "C", "F", "O", "P", "W", "NN", "NE", "NU":
		return len(fields) > 0 && fields[0] >= 'A' && fields[0] <= 'Z'
	}
	return false
}

// cutLine divides text at its first line end of any kind.
func cutLine(text []byte) (line, rest []byte) {
	i := bytes.IndexAny(text[:min(len(text), 1024)], "\r\n")
	if i < 0 {
		return text, nil
	}
	line, rest = text[:i], text[i+1:]
	if text[i] == '\r' && len(rest) > 0 && rest[0] == '\n' {
		rest = rest[1:]
	}
	return line, rest
}

// lockBytes is the size of the note that Excel leaves beside a workbook while
// it is open: a length, a name in 54 bytes, and both once more in UTF-16.
const lockBytes = 165

// isLock recognises the note that Excel or LibreOffice leaves beside a file
// while it is open there.
func isLock(c input) bool {
	if c.size == lockBytes && len(c.head) == lockBytes {
		if n := c.head[0]; n > 0 && n <= 54 && n == c.head[55] && c.head[56] == 0 {
			return true
		}
	}
	return c.size < 512 && (bytes.HasPrefix([]byte(c.name), []byte("~$")) || bytes.HasPrefix([]byte(c.name), []byte(".~lock.")))
}

const lockNote = "This is only the note that a spreadsheet program leaves beside a file while it is open there, not the file itself. Open the file of the same name without “~$” or “.~lock.” in front."
