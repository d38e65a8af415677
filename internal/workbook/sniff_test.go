package workbook

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// oleWith is the head and the directory of Microsoft's old container with one
// stream of a name.
func oleWith(stream string) []byte {
	b := make([]byte, 3*512)
	copy(b, oleMagic)
	b[30] = 9                                           // sectors of 512 bytes
	binary.LittleEndian.PutUint32(b[48:], 0)            // the directory is the first of them
	binary.LittleEndian.PutUint32(b[76:], 1)            // the table of chains the second
	binary.LittleEndian.PutUint32(b[1024:], ^uint32(1)) // and the directory ends there
	for i, u := range utf16.Encode([]rune(stream)) {
		binary.LittleEndian.PutUint16(b[512+2*i:], u)
	}
	binary.LittleEndian.PutUint16(b[512+64:], uint16(2*len(stream)+2))
	b[512+66] = 2
	return b
}

// dBaseTable is a table with one field and one row.
func dBaseTable() string {
	head := make([]byte, 32)
	copy(head, "\x03\x18\x05\x01\x01")
	binary.LittleEndian.PutUint16(head[8:], 65)
	binary.LittleEndian.PutUint16(head[10:], 11)
	field := make([]byte, 32)
	copy(field, "NAME")
	field[11], field[16] = 'C', 10
	return string(head) + string(field) + "\r Ann       \x1a"
}

// note is what Excel leaves beside a workbook that is open.
func note(user string) string {
	wide := strings.Repeat(" \x00", 54)
	for i := len(user) - 1; i >= 0; i-- {
		wide = wide[:2*i] + user[i:i+1] + "\x00" + wide[2*i+2:]
	}
	n := string(rune(len(user)))
	return n + user + strings.Repeat(" ", 54-len(user)) + n + "\x00" + wide
}

func TestFilesOfOtherProgramsAreCalledByTheirNames(t *testing.T) {
	tests := []struct{ name, data, says string }{
		{"a stream in capitals", string(oleWith("WORKBOOK")), "Excel 97–2003"},
		{"a stream in mixed letters", string(oleWith("WorkBook")), "Excel 97–2003"},
		{"a stream of Excel 5 in capitals", string(oleWith("BOOK")), "Excel 97–2003"},
		{"Works 4 in a container", string(oleWith("WksSSWorkBook")), "Microsoft Works"},
		{"Quattro Pro 9", string(oleWith("NativeContent_MAIN")), "Quattro Pro"},
		{"Excel 2 without a container", "\x09\x00\x06\x00\x10\x00", "Excel 97–2003"},
		{"Excel 4 without a container", "\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 97–2003"},
		{"Excel 5 without a container", "\x09\x08\x08\x00\x00\x05\x05\x00", "Excel 97–2003"},
		{"Excel 97 without a container", "\x09\x08\x06\x00\x00\x06\x10\x00", "Excel 97–2003"},
		{"Lotus 1-2-3, first version", "\x00\x00\x02\x00\x04\x04\x06\x00\x08\x00", "Lotus 1-2-3"},
		{"Lotus 1-2-3, second version", "\x00\x00\x02\x00\x06\x04\x06\x00\x08\x00", "Lotus 1-2-3"},
		{"Lotus 1-2-3, third version", "\x00\x00\x1a\x00\x00\x10\x04\x00\x00\x00", "Lotus 1-2-3"},
		{"Lotus 1-2-3 for Windows", "\x00\x00\x1a\x00\x03\x10\x04\x00\x00\x00", "Lotus 1-2-3"},
		{"Lotus 1-2-3 of 1998", "\x00\x00\x1a\x00\x05\x10\x04\x00\x00\x00", "Lotus 1-2-3"},
		{"Works for DOS", "\x00\x00\x02\x00\x04\x04\x05\x54\x02\x00", "Microsoft Works"},
		{"Works for Windows", "\xff\x00\x02\x00\x04\x04\x05\x54\x02\x00", "Microsoft Works"},
		{"Quattro Pro for DOS", "\x00\x00\x02\x00\x20\x51\x00\x00", "Quattro Pro"},
		{"Quattro Pro for Windows", "\x00\x00\x02\x00\x01\x10\x4c\x00", "Quattro Pro"},
		{"dBASE", dBaseTable(), "dBASE table"},
		{"DIF", "TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n0,2\r\n\"\"\r\n", "Data Interchange Format"},
		{"DIF of a Mac", "TABLE\r0,1\r\"a\"\r", "Data Interchange Format"},
		{"SYLK of Excel", "ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K\"a\"\nE\n", "SYLK"},
		{"SYLK of others", "ID;PSYLK3\r\nC;Y1;X1;K\"a\"\r\nE\r\n", "SYLK"},
		{"EtherCalc", "socialcalc:version:1.0\nMIME-Version: 1.0\n", "EtherCalc"},
		{"an XML spreadsheet that does not say that it is XML", `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row/></Table></Worksheet></Workbook>`, "Excel 2003 XML"},
		{"XML that does not say so", "<users>\n <user name=\"Ann\"/>\n</users>\n", "XML file"},
		{"a piece of a web page", "<tr><td>Ann</td><td>a@x.com</td></tr>\r\n", "web page"},
		{"a list of a web page", "<ul class=\"a\">\n<li>Ann</li>\n</ul>", "web page"},
		{"a web page archive", "MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=\"a\"\n", "web page archive"},
		{"a web page archive of a browser", "From: <Saved by Blink>\nSubject: Users\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "web page archive"},
		{"JSON values one by one", "{\"name\":\"Ann\"}\n{\"name\":\"Bob\"}\n", "JSON"},
		{"the note of Excel", note("Ann"), "only the note"},
		{"an empty archive", "PK\x05\x06" + strings.Repeat("\x00", 18), "empty ZIP archive"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			refuse(t, "a.csv", []byte(tt.data), ErrNotSheet, tt.says)
		})
	}
	refuse(t, "a.xlsx", oleWith("ENCRYPTEDPACKAGE"), ErrPassword, "has a password")
	refuse(t, "~$a.xlsx", []byte("\x03Ann"), ErrNotSheet, "only the note")
	refuse(t, ".~lock.a.xlsx#", []byte(",ann,host,01.02.2026 10:00,file:///home;"), ErrNotSheet, "only the note")
}

// Web servers put byte order marks and line ends in front of what they send.
func TestAWorkbookBehindATextIsRefused(t *testing.T) {
	book := string(workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`).bytes(t))
	for _, front := range []string{"\ufeff", "\r\n", "\n\n ", "\ufeff\r\n"} {
		refuse(t, "a.xlsx", []byte(front+book), ErrDamaged, "damaged")
	}
	refuse(t, "a.csv", []byte("\x15\x1c\x94\xfe\x6f\x3d\x89\x01\x4a\x06"), ErrNotSheet, "not text")
	refuse(t, "a.csv", []byte("\ufeff"+strings.Repeat("\x01\x02\x03\x04", 20)), ErrNotSheet, "not text")
}

// What only looks like the files above is text all the same.
func TestTextThatLooksLikeAnotherFormatIsRead(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"a header that begins as SYLK does", "ID;Prename;Name\n1;Ann;Lee\n", "ID¦Prename¦Name|1¦Ann¦Lee"},
		{"the same with names of one letter", "ID;P;Q\nC;1;2\n", "ID¦P¦Q|C¦1¦2"},
		{"a header called TABLE", "TABLE,Name\n0,1\n", "TABLE¦Name|0¦1"},
		{"names in angle brackets", "<Name>,<Email>\n<Ann>,<a@x.com>\n", "<Name>¦<Email>|<Ann>¦<a@x.com>"},
		{"web pages in all cells", "<p>Ann</p>,<p>Lee</p>\n<p>Bob</p>,<p>Ray</p>\n", "<p>Ann</p>¦<p>Lee</p>|<p>Bob</p>¦<p>Ray</p>"},
		{"a web page in a cell", "Name,Note\nAnn,<p>hi</p>\n", "Name¦Note|Ann¦<p>hi</p>"},
		{"braces", "{Name},{Email}\n{Ann},a@x.com\n", "{Name}¦{Email}|{Ann}¦a@x.com"},
		{"two control characters", "a\x01\x02,b\n", "a\x01\x02¦b"},
		{"a tab in front", "\t\x20\tx\n1\t2\t3\n", "¦ ¦x|1¦2¦3"},
		{"numbers", "0,\n\n0123456789012345678901234567890123456789012345678901234567890123456789,1\n", "0¦||0123456789012345678901234567890123456789012345678901234567890123456789¦1"},
	}
	for _, tt := range tests {
		if got := inOne(rowsOf(open(t, "a.csv", []byte(tt.data)).Table)); got != tt.want {
			t.Errorf("%s reads %q, want %q", tt.name, got, tt.want)
		}
	}
}
