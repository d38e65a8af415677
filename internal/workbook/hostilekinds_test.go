//go:build !race

package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// overSheet is the head of a sheet's part up to its rows.
const overSheet = xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>`

const underSheet = `</sheetData></worksheet>`

func bombOf(base parts, head, chunk string, n int, tail string) func(*testing.T) string {
	return func(t *testing.T) string {
		delete(base, "xl/worksheets/sheet1.xml")
		return bomb(t, base, bombPart{"xl/worksheets/sheet1.xml", head, chunk, n, tail})
	}
}

// hostileForms are large sheets in forms that take long to read, without their
// ends.
func hostileForms() []hostile {
	form := func(head, chunk string) func(*testing.T) string {
		return func(t *testing.T) string {
			return bombOf(workbookParts(""), head, chunk, endMega(t)*mega/len(chunk), "")(t)
		}
	}
	return []hostile{
		{"spaces and formulas, without an end", form(overSheet, uneven(3000, "  <row>\n    <c s='1'>\n      <f>A1+B1*2</f>\n      <v>%d</v>\n    </c>\n  </row>\n")), ErrDamaged},
		{"prefixes, without an end", form(`<x:worksheet xmlns:x="y"><x:sheetData>`, uneven(3000, `<x:row><x:c s="1" t="n"><x:v>%d</x:v></x:c><x:c t="inlineStr"><x:is><x:t>abc</x:t></x:is></x:c></x:row>`)), ErrDamaged},
		{"references in long rows, without an end", form(overSheet, "<row>"+uneven(5000, `<c t="str"><v>&#%d;&#65;&#66;&amp;</v></c>`)+"</row>"), ErrDamaged},
		{"UTF-16, without an end", form("\xff\xfe"+utf16le(overSheet), utf16le(uneven(3000, `<row><c><v>%d</v></c><c t="inlineStr"><is><t>abc</t></is></c></row>`))), ErrDamaged},
		{"tag by tag, more than is read", bombOf(workbookParts(""), overSheet, uneven(3000, "<row>\n<c >\n<v >%d</v>\n</c>\n</row>\n"), 1100, underSheet), ErrTooLarge},
		{"numbers of many digits", bombOf(workbookParts(""), overSheet, uneven(3000, `<row><c><v>1.33333333333333333%de15</v></c></row>`), 100, underSheet), nil},
		{"rows from the last to the first at the far right", func(t *testing.T) string {
			var rows strings.Builder
			rows.WriteString(`<row r="1048576"><c r="A1048576"><v>1</v></c></row>`)
			for i := range 60_000 {
				fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
			}
			return filed(t, "a.xlsx", workbookParts(rows.String()).bytes(t))
		}, ErrTooLarge},
	}
}

// hostileFormats are number formats that take long to show.
func hostileFormats() []hostile {
	var out []hostile
	for _, f := range []struct{ name, code string }{
		{"fractions of five digits", "# ?????/?????"},
		{"digits and more digits", strings.Repeat("#", 255)},
		{"decimals and exponents", "0." + strings.Repeat("0", 200) + "E+" + strings.Repeat("0", 50)},
		{"thousands of thousands", "#" + strings.Repeat(",", 254)},
		{"dates and more dates", strings.Repeat("yymmdd", 42)},
		{"elapsed hours", "[" + strings.Repeat("h", 250) + "]"},
		{"a code longer than Excel's", "0." + strings.Repeat("0", 4000)},
	} {
		rows := uneven(3000, `<row><c s="1"><v>44197.%d</v></c></row>`)
		out = append(out, hostile{f.name, bombOf(workbookParts("").styled(f.code), overSheet, rows, 30, underSheet), nil})
	}
	return out
}

// hostileBesides are sheets with much beside their cells.
func hostileBesides() []hostile {
	beside := func(head, each string, n int, tail string) func(*testing.T) string {
		return bombOf(workbookParts(""), overSheet+"</sheetData>"+head, uneven(1000, each), n, tail+"</worksheet>")
	}
	columns := func(columns, rows string) func(*testing.T) string {
		return bombOf(workbookParts(""), xmlHead+`<worksheet xmlns="`+mainNS+`"><cols>`, columns, 16, "</cols><sheetData>"+rows+underSheet)
	}
	return []hostile{
		{"a million merged cells", beside("<mergeCells>", `<mergeCell ref="A%[1]d:B%[1]d"/>`, 1000, "</mergeCells>"), nil},
		{"a million conditional formats", beside("", `<conditionalFormatting sqref="A%d"><cfRule type="expression" priority="1"><formula>A1&gt;1</formula></cfRule></conditionalFormatting>`, 1000, ""), ErrTooLarge},
		{"a million hyperlinks", beside("<hyperlinks>", `<hyperlink ref="A%d" r:id="rId1"/>`, 1000, "</hyperlinks>"), ErrTooLarge},
		{"validations with long lists", bombOf(workbookParts(""), overSheet+"</sheetData><dataValidations>", `<dataValidation type="list" sqref="A1"><formula1>"`+noise(500_000)+`"</formula1></dataValidation>`, 100, "</dataValidations></worksheet>"), ErrTooLarge},
		{"a million defined names", partBomb(bombPart{"xl/workbook.xml", xmlHead + `<workbook><sheets><sheet name="a" sheetId="1"/></sheets><definedNames>`, uneven(1000, `<definedName name="n%d">Sheet1!$A$1</definedName>`), 1000, "</definedNames></workbook>"}), ErrTooLarge},
		{"every column hidden over and over", columns(strings.Repeat(`<col min="1" max="16384" hidden="1"/>`, 1024), `<row r="1"><c r="XFD1"><v>1</v></c></row>`), nil},
		{"styles inside styles", partBomb(bombPart{"xl/styles.xml", xmlHead + "<styleSheet>", strings.Repeat("<a>", 1000), 200, ""}), ErrDamaged},
		{"many comments, damaged", func(t *testing.T) string {
			return damagedBomb(t, workbookParts(`<row><c><v>1</v></c></row>`), bombPart{"xl/comments1.xml", xmlHead + "<comments>", uneven(5000, `<comment ref="A%d"><text><t>a comment</t></text></comment>`), 500, "</comments>"}, func(packed []byte, h *zip.FileHeader) []byte { h.CRC32++; return packed })
		}, ErrDamaged},
		{"a sheet that packs badly, wrong at its end", badlyPackedSheet(90), ErrDamaged},
		{"a sheet that packs badly and is too large", badlyPackedSheet(maxPacked/mega + 4), ErrTooLarge},
		{"pictures that pack badly, the last damaged", badlyPackedPictures(4, 45), ErrDamaged},
		{"pictures that pack badly and are too large", badlyPackedPictures(4, 50), ErrTooLarge},
	}
}

// badlyPackedSheet is a workbook with a sheet of random letters that is packed
// into about so many MiB and lacks its end.
func badlyPackedSheet(packed int) func(*testing.T) string {
	return func(t *testing.T) string {
		base := workbookParts("")
		delete(base, "xl/worksheets/sheet1.xml")
		letters := noise(1 << 20)
		var rows strings.Builder
		for text := range slices.Chunk([]byte(letters), 1<<10) {
			fmt.Fprintf(&rows, `<row><c t="inlineStr"><is><t>%s</t></is></c></row>`, text)
		}
		// Of each byte, six bits are by chance.
		return bomb(t, base, bombPart{"xl/worksheets/sheet1.xml", overSheet, rows.String(), packed * 8 / 6, "<row>"})
	}
}

// badlyPackedPictures is a workbook with n pictures of random letters that are
// packed into about so many MiB each; the last has a wrong checksum.
func badlyPackedPictures(n, packed int) func(*testing.T) string {
	return func(t *testing.T) string {
		p := bombPart{chunk: noise(1 << 20), n: packed * 8 / 6}
		data, sum, size := p.packed(t)
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for name, text := range workbookParts(`<row><c><v>1</v></c></row>`) {
			f, _ := w.Create(name)
			f.Write([]byte(text))
		}
		for i := range n {
			if i == n-1 {
				sum++
			}
			f, _ := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("xl/media/%d.png", i), Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(len(data)), UncompressedSize64: size})
			f.Write(data)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return filed(t, "a.xlsx", buf.Bytes())
	}
}

// changed is a small workbook's archive after a change.
func changed(change func(data []byte) []byte) func(*testing.T) string {
	return func(t *testing.T) string {
		p := workbookParts(`<row><c><v>1</v></c></row>`)
		p["xl/media/1.png"], p["xl/media/2.png"] = noise(100_000), noise(100_000)
		return filed(t, "a.xlsx", change(p.bytes(t)))
	}
}

// tiny is a workbook with n parts of one byte.
func tiny(n int) func(*testing.T) string {
	return func(t *testing.T) string {
		p := workbookParts(`<row><c><v>1</v></c></row>`)
		for i := range n {
			p[fmt.Sprintf("xl/media/%d.png", i)] = "x"
		}
		return filed(t, "a.xlsx", p.bytes(t))
	}
}

// hostileDirectories are archives whose parts are not what they seem.
func hostileDirectories() []hostile {
	word := binary.LittleEndian
	end := func(data []byte) []byte { return data[bytes.LastIndex(data, []byte("PK\x05\x06")):] }
	rels := func(target string) func(*testing.T) string {
		return func(t *testing.T) string {
			return filed(t, "a.xlsx", workbookParts("").with("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="`+target+`"/></Relationships>`).bytes(t))
		}
	}
	return []hostile{
		{"ten thousand tiny parts", tiny(10_000), nil},
		{"fifty thousand tiny parts", tiny(50_000), ErrUnsafe},
		{"a picture damaged in its middle", changed(func(data []byte) []byte {
			copy(data[bytes.Index(data, []byte("xl/media/1.png"))+40_000:], "damage damage damage")
			return data
		}), ErrDamaged},
		{"a part that lies beyond the file", changed(func(data []byte) []byte {
			word.PutUint32(data[bytes.Index(data, []byte("PK\x01\x02"))+42:], 1<<30)
			return data
		}), ErrDamaged},
		{"a list that lies beyond the file", changed(func(data []byte) []byte { word.PutUint32(end(data)[16:], 1<<31); return data }), ErrDamaged},
		{"a ZIP64 record that lies", changed(func(data []byte) []byte {
			locator := make([]byte, 20)
			copy(locator, "PK\x06\x07")
			word.PutUint64(locator[8:], 1<<62)
			word.PutUint32(end(data)[16:], 0xffffffff)
			return bytes.Join([][]byte{data[:len(data)-len(end(data))], locator, end(data)}, nil)
		}), ErrDamaged},
		{"parts packed in an unknown way", changed(func(data []byte) []byte {
			for at := 0; ; at += 4 {
				i := bytes.Index(data[at:], []byte("PK\x01\x02"))
				if i < 0 {
					return data
				}
				at += i
				word.PutUint16(data[at+10:], 99)
			}
		}), ErrNotSheet},
		{"the workbook as its own sheet", rels("workbook.xml"), nil},
		{"four thousand sheets of one part", func(t *testing.T) string {
			p := workbookParts(`<row><c><v>1</v></c></row>`).with("xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="first" r:id="rId1"/>`+uneven(4000, `<sheet name="s%d" r:id="r"/>`)+`</sheets></workbook>`)
			p = p.with("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`)
			return bomb(t, p, bombPart{"xl/worksheets/sheet2.xml", "<worksheet>", uneven(6000, "%d"), 1000, "</worksheet>"})
		}, nil},
		{"a lock whose chain has no end", func(t *testing.T) string {
			t.Setenv("ROLLCALL_PASSWORD", "x")
			return filed(t, "a.xlsx", container(map[string]uint32{"EncryptionInfo": 4096, "EncryptedPackage": 5000}, func(table []uint32) { table[3], table[9], table[13] = 2, 2, 12 }))
		}, ErrDamaged},
		{"a lock that takes billions of rounds", func(t *testing.T) string {
			t.Setenv("ROLLCALL_PASSWORD", "x")
			data := container(map[string]uint32{"EncryptionInfo": 4096, "EncryptedPackage": 5000}, nil)
			lock := "\x04\x00\x04\x00\x40\x00\x00\x00" + `<encryption><keyData saltSize="16"/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="2147483648"/></keyEncryptor></keyEncryptors></encryption>`
			// It is the first stream or the one behind the other's ten sectors.
			copy(data[(1+2)*512:], lock)
			copy(data[(1+12)*512:], lock)
			return filed(t, "a.xlsx", data)
		}, ErrUnsafe},
	}
}

// hostileLines are texts that seem to be something else until late.
func hostileLines() []hostile {
	const line = "Ann Smith,ann@example.com,User,Trading and something more,slack:U1234567\n"
	text := func(head, unit string, size int, tail string) func(*testing.T) string {
		return func(t *testing.T) string {
			return filed(t, "users.csv", []byte(head), bytes.Repeat([]byte(unit), size/len(unit)), []byte(tail))
		}
	}
	return []hostile{
		{"a quotation mark before all, never closed", text(`"`, line, 30*mega, ""), nil},
		{"a quotation mark in each line, never closed", text("Name\n", `"`+line, 30*mega, ""), nil},
		{"one cell in quotes of many lines", text("Name\n\"", line, 30*mega, `"`), nil},
		{"nothing but quotation marks", text("Name\n", strings.Repeat(`"`, 101)+"\n", 30*mega, ""), nil},
		{"a zero byte in each line", text("Name,Email,Role\n", "A\x00nn,ann@example.com,User\n", 30*mega, ""), nil},
		{"half a character at the end of UTF-16", text("\xff\xfe", utf16le(line), 30*mega, "\x00\xd8"), nil},
		{"a line of a gigabyte", func(t *testing.T) string { return sparse(t, "users.csv", strings.Repeat("Ann,", 40_000), 1<<30) }, ErrTooLarge},
	}
}
