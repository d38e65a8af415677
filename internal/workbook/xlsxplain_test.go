package workbook

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// bothWays reads a sheet and its shared strings tag by tag, and with plain
// cells at one look, and gives what each found.
func bothWays(t *testing.T, sheet, shared string) (byTags, atOneLook string) {
	t.Helper()
	data := workbookParts("").styled("0.00").with("xl/worksheets/sheet1.xml", sheet).with("xl/sharedStrings.xml", shared).bytes(t)
	p, err := openPack(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p.strings = "xl/sharedstrings.xml"
	formats, err := p.readStyles(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	read := func(tagByTag bool) string {
		ctx := context.Background()
		var strs sharedReader
		r := &sheetReader{formats: formats, facts: &Facts{}}
		var first, second error
		if tagByTag {
			first = p.scan(ctx, p.strings, maxJunk, strs.token)
		} else {
			first = p.scanPlain(ctx, p.strings, maxJunk, strs.plain, strs.token)
		}
		r.shared = &sharedStrings{table: strs.b.Table(), bytes: strs.held}
		if tagByTag {
			second = p.scan(ctx, "xl/worksheets/sheet1.xml", maxJunk, r.token)
		} else {
			second = p.scanPlain(ctx, "xl/worksheets/sheet1.xml", maxJunk, r.plain, r.token)
		}
		counts := []int{strs.held, r.count, r.full, r.empty, r.rows, r.filled, r.bytes}
		table := r.finish()
		if table.Len() > 5000 {
			return fmt.Sprint(first, second, counts, table.Len())
		}
		return fmt.Sprintf("%v\n%q\n%v\n%q\n%v\n%+v", first, rowsOf(r.shared.table), second, rowsOf(table), counts, *r.facts)
	}
	return read(true), read(false)
}

func TestPlainCellsReadAsTagByTag(t *testing.T) {
	const shared = `<sst><si><t>a</t></si><si><t xml:space="preserve"> b </t></si><si><t/></si><si><t>c&amp;d</t></si><si><r><t>e</t></r><r><t>f</t></r></si><si><t>_x0041_</t></si><si/><si><t>g</t><rPh><t>h</t></rPh></si></sst>`
	for _, rows := range []string{
		`<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>3</v></c><c t="s"><v>4</v></c><c r="E1" t="s"><v>5</v></c></row>`,
		`<row r="1"><c r="A1"><v>17</v></c><c r="B1" s="1"><v>17</v></c><c r="C1" s="1"/><c r="D1" s="1"></c><c/><c><v/></c><c><v></v></c></row>`,
		`<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c t="inlineStr"><is><t xml:space="preserve"> y </t></is></c><c t="inlineStr"><is><t>a&lt;b</t></is></c></row>`,
		`<row r="1"><c t="inlineStr"><v>1</v></c><c t="inlineStr"><is><r><t>x</t></r></is><v>2</v></c><c t="s"><is><t>z</t></is></c><c><is><t>5</t></is></c></row>`,
		`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"><v>3</v></c></row><row r="1"><c r="D1"><v>4</v></c></row>`,
		`<row r="1"><c r="A1" t="str"><f>B1</f><v>x</v></c><c r="B1"><f>1+1</f></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-01-01</v></c></row>`,
		"<row r=\"1\">\n <c r=\"A1\"><v> 5 </v></c>\n <c><v>a\rb</v></c><c><v><![CDATA[7]]></v></c><!-- <c><v>8</v></c> --></row>",
		`<row r="1"><c r='A1' t='s'><v>1</v></c><c s="1" r="B1" t="n"><v>1.5</v></c><c r="C1" cm="1"><v>2</v></c><c r="" s="" t=""><v>3</v></c></row>`,
		`<row r="1"><c r="a1"><v>1</v></c></row>`, `<row r="1"><c r="A2"><v>1</v></c></row>`, `<row r="1"><c r="AAAA1"><v>1</v></c></row>`, `<row r="1"><c r="XFE1"><v>1</v></c></row>`,
		`<row r="1"><c r="A01"><v>1</v></c><c r="B1" s="9999999999"><v>1</v></c><c r="C1" s="-1"><v>2</v></c></row>`,
		`<row r="1"><c t="s"><v>99</v></c></row>`, `<row r="1"><c t="s"><v>x</v></c></row>`, `<row r="1"><c t="s"><v></v></c></row>`,
		`<row r="1"><c><v>1</v></row>`, `<row r="1"><c><v>1</c></v></row>`, `<row r="1"><c><v>1</v></c></x></row>`, `<row r="1"><c><v>1</v></c>`, `<row r="1"><c><v>1</v><extLst><ext><c><v>2</v></c></ext></extLst></c></row>`,
		`<row r="1"><c r="A1"><f>B1&amp;C1</f><v>1</v></c><c><f t="shared" ref="A1:A9" si="0">B1</f><v>2</v></c><c><f si="0"/><v>3</v></c><c><f>1</f></c><c t="str"><f/></c><c><f></f><v/></c></row>`,
		`<row r="1"><c><f>&x;</f><v>1</v></c></row>`, `<row r="1"><c><f>1</g><v>1</v></c></row>`, `<row r="1"><c><f a='>'>1</f><v>1</v></c><c><f a=">">1</f><v>2</v></c><c><formula>1</formula><v>3</v></c><c><f>1</f ><v>4</v></c></row>`,
		`<row r="1"><c t="inlineStr"><f>1</f><is><t>x</t></is></c><c t="s"><f>1</f><v>0</v></c><c><v>1</v><f>2</f></c><c></c><c t="s"></c></row>`,
		`<row r="1"><c cm="1" vm="22" r="A1"><v>1</v></c><c x:y="z" s="1"><v>2</v></c><c a="b>c"><v>3</v></c><c a="b'c"><v>4</v></c><c a="" ><v>5</v></c><c rr="B9"><v>6</v></c><c q="r"><v>7</v></c></row>`,
		`<x:row xmlns:x="y" r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c><x:f>1</x:f><x:v>2</x:v></x:c><x:c t="inlineStr"><x:is><x:t xml:space="preserve"> a</x:t></x:is></x:c><x:c/><x:c></x:c><y:c><y:v>5</y:v></y:c></x:row><y:row><y:c><y:v>6</y:v></y:c></y:row><row><x:c><x:v>7</x:v></x:c></row>`,
		`<x:row><x:c><x:v>1</v></x:c></x:row>`, `<x:row><x:c><x:v>1</x:v></x:c></row>`,
		`<x:row xmlns:x="y" r="1"><x:c><x:v>1</x:v></x:c><c><v>2</v></c></row></x:row>`, `<row r="1"><col/><cell/><c ><v>1</v></c ><c  r="B1" ><v>2</v></c></row >`,
	} {
		if byTags, atOneLook := bothWays(t, sheetXML(rows), shared); byTags != atOneLook {
			t.Errorf("%s\nreads tag by tag\n%s\nand at one look\n%s", rows, byTags, atOneLook)
		}
	}
	for _, shared := range []string{`<si><t>root</t></si>`, `<si><t>a</t></si><si><t>b</t></si>`, `<sst><si><t>a</t></si><si><t>b</t></x></sst>`, `<sst><si><t>a</si></sst>`, `<sst><si><t>a</t></si>`, `<sst><si><t>a` + "\r\n" + `b</t></si><x><si><t>c</t></si></x></sst>`, `<x:sst xmlns:x="y"><x:si><x:t>a</x:t></x:si><si><t>b</t></si></x:sst>`} {
		if byTags, atOneLook := bothWays(t, sheetXML(`<row><c t="s"><v>0</v></c></row>`), shared); byTags != atOneLook {
			t.Errorf("%s\nreads tag by tag\n%s\nand at one look\n%s", shared, byTags, atOneLook)
		}
	}
}

func TestPlainCellsAcrossTheScannersBuffer(t *testing.T) {
	for _, shift := range []int{0, 1, 7, 20, 33} {
		var rows strings.Builder
		want := [][]string{}
		fmt.Fprintf(&rows, "<!--%s-->", strings.Repeat("x", shift))
		for i := 1; rows.Len() < 3*xmlBuffer; i++ {
			fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>name %d</t></is></c><c r="B%d"><v>%d</v></c></row>`, i, i, i, i, i*i)
			want = append(want, []string{fmt.Sprintf("name %d", i), fmt.Sprint(i * i)})
		}
		if got := rowsOf(open(t, "a.xlsx", workbookParts(rows.String()).bytes(t)).Table); !reflect.DeepEqual(got, want) {
			t.Errorf("shifted by %d, %d rows were read, want %d as written", shift, len(got), len(want))
		}
	}
}

func FuzzPlainCells(f *testing.F) {
	for _, row := range []string{`<c r="A1" s="1" t="s"><v>0</v></c>`, `<c t="inlineStr"><is><t>x</t></is></c>`, `<c r="B1"/><c r="A1"><v>1.5</v></c>`, `<c t="str"><v>a&amp;b</v></c></row><row r="1"><c r="XFD1"><v>1</v></c>`, `<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>1</f></c>`,
		`<c r="A1" cm="1" x:y="a"><f t="shared" ref="A1:A9" si="0">B1&amp;"x"</f><v>2</v></c><c t="str"><f/><v>3</v></c><c><f a='>'>4</f></c>`,
		`</row><x:row r="2"><x:c r="A2"><x:f>1</x:f><x:v>2</x:v></x:c><x:c t="inlineStr"><x:is><x:t>y</x:t></x:is></x:c><c><v>3</v></c></x:row><y:row><y:c/>`} {
		f.Add(row, `<si><t>a</t></si><si><t xml:space="preserve"> b</t></si>`)
	}
	f.Fuzz(func(t *testing.T, row, shared string) {
		if len(row)+len(shared) > 1<<14 {
			return
		}
		byTags, atOneLook := bothWays(t, sheetXML(`<row r="1">`+row+`</row>`), `<sst>`+shared+`</sst>`)
		if byTags != atOneLook {
			t.Fatalf("reads tag by tag\n%s\nand at one look\n%s", byTags, atOneLook)
		}
	})
}
