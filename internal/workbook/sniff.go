package workbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"rollcall/internal/workbook/charset"
)

// kind is what a file's content says it is.
type kind uint8

const (
	kindText kind = iota
	kindZip
	kindEncrypted
)

// input is what a file holds, of which only the head need be in memory.
type input struct {
	name string
	size int64
	head []byte // its first headBytes
	r    io.ReaderAt
}

// emptyZip is the size of an archive without files: its end record alone (APPNOTE
// §4.3.16).
const emptyZip = 22

// headBytes is how much of a file tells what it is.
const headBytes = 1 << 20

func inputOf(name string, data []byte) input {
	return input{name: name, size: int64(len(data)), head: data[:min(len(data), headBytes)], r: bytes.NewReader(data)}
}

// magic lists the beginnings of files that are not spreadsheets that can be
// opened here, with the sentence for each.
var magic = []struct {
	start, text string
}{
	{"%PDF-", "This is a PDF, not a spreadsheet. Ask for the table as an Excel workbook (.xlsx) or CSV file and open that."},
	{"{\\rtf", "This is a rich text document, not a spreadsheet. Copy its table into Excel and save it as .xlsx or CSV."},
	{"\x1f\x8b", "This is a compressed file (gzip). Unpack it and open the file inside."},
	{"7z\xbc\xaf\x27\x1c", "This is a compressed archive (7z). Unpack it and open the file inside."},
	{"Rar!\x1a\x07", "This is a compressed archive (RAR). Unpack it and open the file inside."},
	{"BZh", "This is a compressed file (bzip2). Unpack it and open the file inside."},
	{"\xfd7zXZ\x00", "This is a compressed file (xz). Unpack it and open the file inside."},
	{"\x28\xb5\x2f\xfd", "This is a compressed file (zstd). Unpack it and open the file inside."},
	{"\x89PNG\r\n", "This is a picture, not a spreadsheet. Ask for the table as an Excel workbook (.xlsx) or CSV file and open that."},
	{"\xff\xd8\xff", "This is a picture, not a spreadsheet. Ask for the table as an Excel workbook (.xlsx) or CSV file and open that."},
	{"GIF8", "This is a picture, not a spreadsheet. Ask for the table as an Excel workbook (.xlsx) or CSV file and open that."},
	{"SQLite format 3\x00", "This is a database file, not a spreadsheet. Export its table as CSV and open that."},
	{"PAR1", "This is a Parquet data file, not a spreadsheet. Export its table as CSV and open that."},
	{"MZ\x90\x00", "This is a program, not a spreadsheet, so it was not opened."},
	{"\x7fELF", "This is a program, not a spreadsheet, so it was not opened."},
	{"bplist00", "This is a property list, not a spreadsheet, so it was not opened."},
}

const oldExcel = "This is an Excel 97–2003 workbook (.xls). Open it in Excel, choose “Save As”, “Excel Workbook (.xlsx)”, and open the new file."

// sniff says what a file is by its content; the name only decides what content
// alone cannot.
func sniff(c input) (kind, error) {
	data := c.head
	if len(data) == 0 {
		return 0, fail(ErrEmpty, nil, "This file is empty: it has no content at all. Check that the export or download was finished, and open it again.")
	}
	switch {
	case isLock(c):
		return 0, fail(ErrNotSheet, nil, lockNote)
	case c.size == emptyZip && bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return 0, fail(ErrNotSheet, nil, "This is an empty ZIP archive, not an Excel workbook: nothing is inside it. Get the file again from where it came.")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")), bytes.HasPrefix(data, []byte("PK\x07\x08")):
		return kindZip, nil
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return sniffOLE(c)
	case bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 64)], "\ufeff \t\r\n"), []byte("PK\x03\x04")):
		return 0, damaged(errors.New("a text in front of the archive"))
	}
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return 0, fail(ErrNotSheet, nil, m.text)
		}
	}
	if text := oldFormat(c); text != "" {
		return 0, fail(ErrNotSheet, nil, text)
	}
	if err := sniffMarkup(c); err != nil {
		return 0, err
	}
	if zeroed(data) {
		return 0, fail(ErrDamaged, nil, "This file holds nothing but zero bytes, so its content was lost before it came here. Get it again from where it came.")
	}
	if junk(data) {
		return 0, fail(ErrNotSheet, nil, "This is not a CSV file or an Excel workbook: its content is not text. Export the table as CSV or .xlsx and open that.")
	}
	return kindText, nil
}

// sniffOLE tells the kinds of Microsoft's old container apart by the names of
// the streams in it.
func sniffOLE(c input) (kind, error) {
	has := oleStreams(c)
	switch {
	case has["encryptedpackage"] && c.size > maxLockedBytes:
		return 0, fail(ErrTooLarge, nil, "This workbook has a password and is larger than 64 MB, which is more than can be unlocked. Remove its password in Excel and open it again.")
	case has["encryptedpackage"]:
		return kindEncrypted, nil
	case has["workbook"], has["book"]:
		return 0, fail(ErrNotSheet, nil, oldExcel)
	case has["worddocument"]:
		return 0, fail(ErrNotSheet, nil, "This is a Word document, not a spreadsheet. Copy its table into Excel and save it as .xlsx.")
	case has["powerpoint document"]:
		return 0, fail(ErrNotSheet, nil, "This is a PowerPoint presentation, not a spreadsheet. Copy its table into Excel and save it as .xlsx.")
	case has["wksssworkbook"]:
		return 0, fail(ErrNotSheet, nil, works)
	case has["nativecontent_main"]:
		return 0, fail(ErrNotSheet, nil, quattro)
	case has["__properties_version1.0"]:
		return 0, fail(ErrNotSheet, nil, "This is an Outlook message, not a spreadsheet. Open it in Outlook, save the file attached to it, and open that.")
	default:
		return 0, fail(ErrNotSheet, nil, "This is an old Office file, not an Excel workbook that can be opened, or it is damaged. Open it in Excel and save it as “Excel Workbook (.xlsx)”.")
	}
}

// sniffMarkup refuses web pages, XML and JSON, which programs like to save
// under a spreadsheet's name.
func sniffMarkup(c input) error {
	head := plainHead(c.head, 4096)
	low := strings.ToLower(strings.TrimLeft(head, "\ufeff \t\r\n"))
	switch {
	case (strings.HasPrefix(low, "mime-version:") || strings.HasPrefix(low, "from:") && strings.Contains(low, "\nmime-version:")) && strings.Contains(low, "multipart/related"):
		return fail(ErrNotSheet, nil, "This is a web page archive, not an Excel workbook, whatever its name says. Open it in Excel and save it as “Excel Workbook (.xlsx)”.")
	case strings.HasPrefix(low, "<") && strings.Contains(low, "urn:schemas-microsoft-com:office:spreadsheet") && strings.Contains(low, "workbook"):
		return fail(ErrNotSheet, nil, "This is an Excel 2003 XML spreadsheet. Open it in Excel and save it as “Excel Workbook (.xlsx)”.")
	case strings.HasPrefix(low, "<?xml") && strings.Contains(low, "opendocument"):
		return fail(ErrNotSheet, nil, openDocument)
	case strings.HasPrefix(low, "<") && (strings.Contains(low, "<html") || strings.Contains(low, "<table") || strings.Contains(low, "<!doctype html") || strings.Contains(low, "<body") || strings.Contains(low, "<head") || strings.Contains(low, "<meta") || strings.Contains(low, "<div")):
		return fail(ErrNotSheet, nil, webPage)
	case !strings.HasPrefix(low, "<?xml") && tabled(c, low):
		return fail(ErrNotSheet, nil, webPage)
	case strings.HasPrefix(low, "<?xml"), marked(c, low):
		return fail(ErrNotSheet, nil, "This is an XML file, not a CSV file or Excel workbook. Export the table as CSV or .xlsx and open that.")
	case strings.HasPrefix(low, "{") || strings.HasPrefix(low, "["):
		ext := strings.ToLower(filepath.Ext(c.name))
		if strings.HasPrefix(ext, ".gsheet") || strings.Contains(low, "docs.google.com/spreadsheets") {
			return fail(ErrNotSheet, nil, "This is only a link to a Google sheet, not the sheet. In Google Sheets choose File, Download, “Microsoft Excel (.xlsx)”, and open that file.")
		}
		if isJSON(c) {
			return fail(ErrNotSheet, nil, "This is a JSON file, not a CSV file or Excel workbook. Export the table as CSV or .xlsx and open that.")
		}
	}
	return nil
}

// isJSON says that the content is JSON, or several JSON values in a row as logs
// have them, as far as its head tells.
func isJSON(c input) bool {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(c.head, []byte("\xef\xbb\xbf"))))
	for {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF) || c.size > headBytes && errors.Is(err, io.ErrUnexpectedEOF)
		}
	}
}

const webPage = "This is a web page (HTML), not a CSV file or Excel workbook, whatever its name says. Open it in Excel and save it as “Excel Workbook (.xlsx)”, or export the table again."

// tabled says that the content is a piece of a web page.
func tabled(c input, low string) bool {
	if !marked(c, low) {
		return false
	}
	for _, tag := range []string{"tr", "td", "th", "ul", "ol", "p", "br", "font", "span", "center"} {
		if strings.Contains(low, "<"+tag+">") || strings.Contains(low, "<"+tag+" ") || strings.Contains(low, "<"+tag+"/>") {
			return true
		}
	}
	return false
}

// marked says that the content stands between tags from its first letter to its
// last, with at least one that closes another. A CSV that has names in angle
// brackets closes none, and one with pieces of web pages in its cells has
// separators behind them.
func marked(c input, low string) bool {
	first, _, _ := strings.Cut(low, "\n")
	if strings.Contains(first, ">,") || strings.Contains(first, ">;") || strings.Contains(first, ">\t") {
		return false
	}
	if len(low) < 2 || low[0] != '<' || low[1] != '!' && (low[1] < 'a' || low[1] > 'z') || !strings.Contains(low, "</") && !strings.Contains(low, "/>") {
		return false
	}
	tail := make([]byte, min(c.size, 64))
	n, _ := c.r.ReadAt(tail, c.size-int64(len(tail)))
	return strings.HasSuffix(strings.TrimRight(plainHead(tail[:n], n), " \t\r\n\x1a"), ">")
}

const openDocument = "This is an OpenDocument spreadsheet (.ods), whatever its name says. Open it in LibreOffice or Excel, save it as “Excel Workbook (.xlsx)”, and open the new file."

// plainHead is the beginning of the data without the zero bytes of UTF-16.
func plainHead(data []byte, n int) string {
	head := data[:min(len(data), n)]
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		head = head[2:]
	}
	return string(bytes.ReplaceAll(head, []byte{0}, nil))
}

func zeroed(data []byte) bool {
	for _, c := range data {
		if c != 0 {
			return false
		}
	}
	return true
}

// junk says that data are no text in any encoding: too many control characters
// that no text has. The zero bytes of UTF-16 are no evidence.
func junk(data []byte) bool {
	if charset.Wide(data) {
		return false
	}
	head := data[:min(len(data), 64<<10)]
	bad, zero := 0, 0
	for _, c := range head {
		switch {
		case c == 0:
			zero++
		case c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != 0x1a && c != 0x1e && c != 0x1f:
			bad++
		}
	}
	// A few may come into any text by accident, but not into one of a few words.
	few := bad > 2 && 20*bad > len(head)
	return few || bad > 8+len(head)/200 || zero > 32+len(head)/20
}
