package workbook

import (
	"fmt"
	"strings"
	"testing"
)

// twelveRows hold their own number.
func twelveRows() string {
	var rows strings.Builder
	for row := 1; row <= 12; row++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>%d</v></c></row>`, row, row, row)
	}
	return rows.String()
}

// someRowsGo leaves out rows 5 and 10 and puts two behind row 7, so that row 8
// becomes row 9 and row 12 row 12.
var someRowsGo = Changes{Deleted: []int{4, 9}, Inserted: []Insertion{{6, []string{"new"}}, {6, []string{"new"}}}}

func TestWhatStandsBesideTheCellsMovesWithThem(t *testing.T) {
	ext := func(inner string) string { return `<extLst><ext uri="{1}">` + inner + `</ext></extLst>` }
	for _, tt := range []struct{ name, before, after string }{
		{"merged cells", `<mergeCells count="3"><mergeCell ref="A4:B6"/><mergeCell ref="A5:B5"/><mergeCell ref="C5:C6"/></mergeCells>`, `<mergeCells><mergeCell ref="A4:B5"/></mergeCells>`},
		{"links", `<hyperlinks><hyperlink ref="A8" location="People!A9"/><hyperlink ref="A5" location="A1"/><hyperlink ref='A9' location='&apos;People&apos;!A5:B5' display="x"/><hyperlink ref="A10" r:id="rId1"/></hyperlinks>`, `<hyperlinks><hyperlink ref="A9" location="People!A10"/><hyperlink ref='A10' location='&apos;People&apos;!A5:B5' display="x"/></hyperlinks>`},
		{"conditional formats", `<conditionalFormatting sqref="A8:A12 C8"><cfRule type="expression"><formula>AND($A8="x",$B$5&gt;1,Other!A8)</formula></cfRule></conditionalFormatting><conditionalFormatting sqref="A5"><cfRule type="x"><formula>1</formula></cfRule></conditionalFormatting>`, `<conditionalFormatting sqref="A9:A12 C9"><cfRule type="expression"><formula>AND($A9=&quot;x&quot;,#REF!&gt;1,Other!A8)</formula></cfRule></conditionalFormatting>`},
		{"colour scales between cells", `<conditionalFormatting sqref="A1:A12"><cfRule type="colorScale"><colorScale><cfvo type="num" val="$A$8"/><cfvo type="formula" val='MAX($A$1:$A$9)&amp;"A8"'/><cfvo type="percent" val="1.5E-3"/><cfvo type="max"/></colorScale></cfRule></conditionalFormatting>`, `<conditionalFormatting sqref="A1:A12"><cfRule type="colorScale"><colorScale><cfvo type="num" val="$A$9"/><cfvo type="formula" val='MAX($A$1:$A$10)&amp;&quot;A8&quot;'/><cfvo type="percent" val="1.5E-3"/><cfvo type="max"/></colorScale></cfRule></conditionalFormatting>`},
		{"validations", `<dataValidations count="2"><dataValidation type="list" sqref="B8:B9"><formula1>$A$8:$A$9</formula1></dataValidation><dataValidation type="list" sqref="B5 B10"><formula1>"a,b"</formula1></dataValidation></dataValidations>`, `<dataValidations><dataValidation type="list" sqref="B9:B10"><formula1>$A$9:$A$10</formula1></dataValidation></dataValidations>`},
		{"the last validation", `<dataValidations count="1"><dataValidation type="list" sqref="B5"><formula1>1</formula1></dataValidation></dataValidations>`, ``},
		{"protected ranges and ignored errors", `<protectedRanges><protectedRange name="a" sqref="A5:A8 B5"/></protectedRanges><ignoredErrors><ignoredError sqref="A8" numberStoredAsText="1"/></ignoredErrors>`, `<protectedRanges><protectedRange name="a" sqref="A5:A9"/></protectedRanges><ignoredErrors><ignoredError sqref="A9" numberStoredAsText="1"/></ignoredErrors>`},
		{"breaks between rows and columns", `<rowBreaks count="4" manualBreakCount="4"><brk id="4" max="16383" man="1"/><brk id="5" max="16383" man="1"/><brk id="8" max="5" man="1"/></rowBreaks><colBreaks count="1"><brk id="8" max="1048575" man="1"/></colBreaks>`, `<rowBreaks><brk id="4" max="16383" man="1"/><brk id="9" max="5" man="1"/></rowBreaks><colBreaks count="1"><brk id="8" max="1048575" man="1"/></colBreaks>`},
		{"the filter and the order", `<autoFilter ref="A1:B12"><filterColumn colId="0"/><sortState ref="A2:B12"><sortCondition ref="A2:A12"/><sortCondition ref="B5"/></sortState></autoFilter><sortState ref="A10:B10"/>`, `<autoFilter ref="A1:B12"><filterColumn colId="0"/><sortState ref="A2:B12"><sortCondition ref="A2:A12"/></sortState></autoFilter>`},
		{"scenarios", `<scenarios sqref="A8 A5"><scenario name="a"><inputCells r="A5" val="1"/><inputCells r="A8" val="1"/></scenario><scenario name="b"><inputCells r="A10" val="1"/></scenario></scenarios>`, `<scenarios sqref="A9 A5"><scenario name="a"><inputCells r="A9" val="1"/></scenario></scenarios>`},
		{"watched cells", `<cellWatches><cellWatch r="A5"/><cellWatch r="A8"/></cellWatches>`, `<cellWatches><cellWatch r="A9"/></cellWatches>`},
		{"another view of the sheet", `<customSheetViews><customSheetView guid="{1}" topLeftCell="A8"><pane topLeftCell="A9"/><selection activeCell="A8" sqref="A8:A9"/><rowBreaks count="1"><brk id="8" max="16383"/></rowBreaks><autoFilter ref="A1:B8"/></customSheetView></customSheetViews>`, `<customSheetViews><customSheetView guid="{1}" topLeftCell="A9"><pane topLeftCell="A10"/><selection activeCell="A9" sqref="A9:A10"/><rowBreaks><brk id="9" max="16383"/></rowBreaks><autoFilter ref="A1:B9"/></customSheetView></customSheetViews>`},
		{"data gathered from ranges", `<dataConsolidate><dataRefs count="2"><dataRef ref="A1:B8" sheet="People"/><dataRef ref="A1:B8" sheet="Other"/></dataRefs></dataConsolidate>`, `<dataConsolidate><dataRefs count="2"><dataRef ref="A1:B9" sheet="People"/><dataRef ref="A1:B8" sheet="Other"/></dataRefs></dataConsolidate>`},
		{"controls and objects", `<mc:AlternateContent><mc:Choice Requires="x14"><controls><control shapeId="1" r:id="r1" name="Drop"><controlPr linkedCell="$A$8" listFillRange="Other!$A$8"><anchor><from><xdr:row>4</xdr:row></from><to><xdr:row>8</xdr:row></to></anchor></controlPr></control></controls></mc:Choice></mc:AlternateContent><oleObjects><oleObject r:id="r2"><objectPr><anchor><from><xdr:row>7</xdr:row></from></anchor></objectPr></oleObject></oleObjects>`,
			`<mc:AlternateContent><mc:Choice Requires="x14"><controls><control shapeId="1" r:id="r1" name="Drop"><controlPr linkedCell="$A$9" listFillRange="Other!$A$8"><anchor><from><xdr:row>4</xdr:row></from><to><xdr:row>9</xdr:row></to></anchor></controlPr></control></controls></mc:Choice></mc:AlternateContent><oleObjects><oleObject r:id="r2"><objectPr><anchor><from><xdr:row>8</xdr:row></from></anchor></objectPr></oleObject></oleObjects>`},
		{"sparklines", ext(`<x14:sparklineGroups><x14:sparklineGroup><x14:colorSeries/><xm:f>People!A1:A8</xm:f><x14:sparklines><x14:sparkline><xm:f>People!A8:C8</xm:f><xm:sqref>D8</xm:sqref></x14:sparkline><x14:sparkline><xm:f>People!A5:C5</xm:f><xm:sqref>D5</xm:sqref></x14:sparkline><x14:sparkline><xm:f>People!A10:C10</xm:f><xm:sqref>D11</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>`),
			ext(`<x14:sparklineGroups><x14:sparklineGroup><x14:colorSeries/><xm:f>People!A1:A9</xm:f><x14:sparklines><x14:sparkline><xm:f>People!A9:C9</xm:f><xm:sqref>D9</xm:sqref></x14:sparkline><x14:sparkline><xm:sqref>D11</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>`)},
		{"the last sparkline", `<picture r:id="rId9"/>` + ext(`<x14:sparklineGroups><x14:sparklineGroup><x14:colorSeries/><x14:sparklines><x14:sparkline><xm:f>People!A5:C5</xm:f><xm:sqref>D5</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>`), `<picture r:id="rId9"/>`},
		{"conditional formats of an extension", ext(`<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression"><xm:f>AND($A8="x",Other!$A$8,$A$8)</xm:f></x14:cfRule><x14:cfRule><x14:iconSet><x14:cfvo type="formula"><xm:f>$A$8</xm:f></x14:cfvo></x14:iconSet></x14:cfRule><xm:sqref>B8:B12</xm:sqref></x14:conditionalFormatting><x14:conditionalFormatting><x14:cfRule><xm:f>1</xm:f></x14:cfRule><xm:sqref>B5</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>`),
			ext(`<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression"><xm:f>AND($A9=&quot;x&quot;,Other!$A$8,$A$9)</xm:f></x14:cfRule><x14:cfRule><x14:iconSet><x14:cfvo type="formula"><xm:f>$A$9</xm:f></x14:cfvo></x14:iconSet></x14:cfRule><xm:sqref>B9:B12</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>`)},
		{"validations of an extension", ext(`<x14:dataValidations count="2"><x14:dataValidation type="list"><x14:formula1><xm:f>Lists!$A$8:$A$9</xm:f></x14:formula1><x14:formula2><xm:f>$A8</xm:f></x14:formula2><xm:sqref>C8:C9</xm:sqref></x14:dataValidation><x14:dataValidation><x14:formula1><xm:f>1</xm:f></x14:formula1><xm:sqref>C5 C10</xm:sqref></x14:dataValidation></x14:dataValidations>`),
			ext(`<x14:dataValidations><x14:dataValidation type="list"><x14:formula1><xm:f>Lists!$A$8:$A$9</xm:f></x14:formula1><x14:formula2><xm:f>$A9</xm:f></x14:formula2><xm:sqref>C9:C10</xm:sqref></x14:dataValidation></x14:dataValidations>`)},
		{"ignored errors of an extension", ext(`<x14:ignoredErrors><x14:ignoredError evalError="1"><xm:sqref>A8 A5</xm:sqref></x14:ignoredError></x14:ignoredErrors>`), ext(`<x14:ignoredErrors><x14:ignoredError evalError="1"><xm:sqref>A9</xm:sqref></x14:ignoredError></x14:ignoredErrors>`)},
		{"slicers and extensions that say nothing of rows", ext(`<x14:slicerList><x14:slicer r:id="rId3"/></x14:slicerList>`) + `<tableParts count="0"/>`, ext(`<x14:slicerList><x14:slicer r:id="rId3"/></x14:slicerList>`) + `<tableParts count="0"/>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wrap := func(beside string) string {
				return xmlHead + `<worksheet xmlns="` + mainNS + `" xmlns:r="` + relNS + `" xmlns:x14="x14" xmlns:xm="xm"><sheetData>` + twelveRows() + `</sheetData>` + beside + `</worksheet>`
			}
			out := patched(t, workbookParts("").with("xl/worksheets/sheet1.xml", wrap(tt.before)), someRowsGo)
			_, got, _ := strings.Cut(partOf(t, out, "xl/worksheets/sheet1.xml"), "</sheetData>")
			if got != tt.after+"</worksheet>" {
				t.Errorf("saved\n%s, want\n%s", strings.TrimSuffix(got, "</worksheet>"), tt.after)
			}
		})
	}
}
