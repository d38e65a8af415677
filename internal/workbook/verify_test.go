package workbook

import (
	"io"
	"strings"
	"testing"
)

// The end of a large part is read as if it were all of it. What it cannot be
// known of is left to the reading of the whole.
func TestTheEndOfASheetTellsWhetherItIsWhole(t *testing.T) {
	const (
		head  = `<?xml version="1.0"?><worksheet xmlns="a"><sheetData>`
		row   = `<row r="70000"><c r="A70000" s="3" t="s"><v>17</v></c><c r="B70000"><f>A1&amp;"x"</f><v>5</v></c></row>`
		whole = `</sheetData></worksheet>`
		after = `</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>`
	)
	tests := []struct {
		name, part string
		sound      bool
	}{
		{"rows to the end", head + row + row + whole, true},
		{"merged cells behind the rows", head + row + after, true},
		{"a prefix", `<x:worksheet xmlns:x="a"><x:sheetData>` + `<x:row r="1"><x:c><x:v>1</x:v></x:c></x:row>` + `</x:sheetData></x:worksheet>`, true},
		{"a prefix that stands for nothing here", head + row + `</sheetData><controls><from><xdr:row>5</xdr:row><xdr:rowOff>1</xdr:rowOff></from></controls></worksheet>`, true},
		{"only an anchor's row in sight", `<worksheet><controls><from><xdr:row>5</xdr:row></from></controls></worksheet>`, true},
		{"a comment with a row in it", head + row + `<!-- <row> -->` + row + whole, true},
		{"a text with a row in it", head + `<row><c t="str"><v><![CDATA[<row r="x">]]></v></c></row>` + row + whole, true},
		{"a comment at the end", head + row + whole + "<!-- <row -->\n", true},
		{"no rows", head + whole, true},
		{"another encoding", strings.ReplaceAll(head+row, "", "\x00"), true},
		{"only a long row's cells in sight", head[:len(head)-len("<sheetData>")] + `<!-- --><c r="B7"><v>1</v></c><c r="C7"/></row>` + row + whole, true},
		{"cells without references", head[:len(head)-len("<sheetData>")] + `<!-- --><c><v>1</v></c></row>` + whole, true},
		{"no end of a long row", head[:len(head)-len("<sheetData>")] + `<!-- --><c r="B7"><v>1</v></c>` + whole, false},
		{"no end of the sheet", head + row + `</sheetData>`, false},
		{"no end at all", head + row, false},
		{"no end of the rows", head + row + `</worksheet>`, false},
		{"no end of a row", head + row + `<row><c/>` + whole, false},
		{"a cell in another row", head + row + `<row r="2"><c r="A1"/></row>` + whole, false},
		{"an unknown entity", head + row + `<row><c t="str"><v>&nbsp;</v></c></row>` + whole, false},
		{"a document type behind a comment", head + row + `<!-- x -->` + row + whole + `<!DOCTYPE a>`, false},
		{"two sheets", head + row + whole + `<worksheet/>`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var e edges
			e.Write([]byte(tt.part))
			if err := e.sheetEnd(); (err == nil) != tt.sound {
				t.Errorf("the end is %v", err)
			}
		})
	}
}

func TestTheEndOfSharedStringsTellsWhetherTheyAreWhole(t *testing.T) {
	for part, sound := range map[string]bool{
		`<sst count="1"><si><t>a</t></si><si><r><t>b</t></r></si></sst>`: true,
		`<sst><si><t>a</t></si><si/></sst>`:                              true,
		`<sst><si><t>a</t></si>`:                                         false,
		`<sst><si><t>a</t></si><si><t>b</si></sst>`:                      false,
		`<sst/>`: true,
	} {
		var e edges
		e.Write([]byte(part))
		if err := e.sharedEnd(); (err == nil) != sound {
			t.Errorf("the end of %s is %v", part, err)
		}
	}
}

func TestEdgesKeepTheFirstAndTheLastBytes(t *testing.T) {
	text := strings.Repeat("0123456789", 100_000)
	for _, step := range []int{1000, 33_333, edgeBytes, 3 * edgeBytes, len(text)} {
		var e edges
		if _, err := io.CopyBuffer(struct{ io.Writer }{&e}, struct{ io.Reader }{strings.NewReader(text)}, make([]byte, step)); err != nil {
			t.Fatal(err)
		}
		if string(e.first) != text[:edgeBytes] || len(e.last) < edgeBytes || !strings.HasSuffix(text, string(e.last)) {
			t.Errorf("written by %d bytes, %d first and %d last ones are kept", step, len(e.first), len(e.last))
		}
	}
}
