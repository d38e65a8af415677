package workbook

import (
	"errors"
	"strings"
	"testing"
)

// twoSheets is a workbook with the sheet "People" of twelve rows and the sheet
// "Sums", of which the given content is all.
func twoSheets(sums string) parts {
	p := workbookParts(twelveRows())
	add := func(part, before, more string) {
		p = p.with(part, strings.Replace(p[part], before, more+before, 1))
	}
	add("xl/workbook.xml", `</sheets>`, `<sheet name="Sums" sheetId="2" r:id="rId2"/>`)
	add("xl/_rels/workbook.xml.rels", `</Relationships>`, `<Relationship Id="rId2" Type="`+relNS+`/worksheet" Target="worksheets/sheet2.xml"/>`)
	add("[Content_Types].xml", `</Types>`, `<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)
	return p.with("xl/worksheets/sheet2.xml", xmlHead+`<worksheet xmlns="`+mainNS+`">`+sums+`</worksheet>`)
}

// related ties parts to the sheet "People".
func (p parts) related(kinds map[string]string) parts {
	var rels strings.Builder
	for target, kind := range kinds {
		rels.WriteString(`<Relationship Id="r` + kind + `" Type="` + relNS + `/` + kind + `" Target="` + target + `"/>`)
	}
	return p.with("xl/worksheets/_rels/sheet1.xml.rels", `<Relationships>`+rels.String()+`</Relationships>`)
}

func TestWhatOtherPartsSayOfTheRowsMovesWithThem(t *testing.T) {
	own := map[string]string{"../tables/table1.xml": "table", "../drawings/drawing1.xml": "drawing", "../threadedComments/threadedComment1.xml": "threadedComment", "../pivotTables/pivotTable1.xml": "pivotTable", "../namedSheetViews/namedSheetView1.xml": "namedSheetView", "../drawings/vmlDrawing1.vml": "vmlDrawing", "../ctrlProps/ctrlProp1.xml": "ctrlProp", "../embeddings/oleObject1.bin": "oleObject"}
	for _, tt := range []struct{ name, part, before, after string }{
		{"formulas, rules and links of another sheet", "xl/worksheets/sheet2.xml",
			`<worksheet><sheetData><row r="1"><c r="A1"><f>People!A8+A8+Sums!A8</f><v>8</v></c><c r="B1"><f>SUM(People!A:A,People!$A$8:$A$9)</f><v>8</v></c><c r="C1"><f>People!A5</f><v>5</v></c></row></sheetData><conditionalFormatting sqref="A1"><cfRule type="expression"><formula>People!$A$8=A8</formula></cfRule><cfRule type="dataBar"><dataBar><cfvo type="num" val="People!$A$8"/><cfvo type="max"/></dataBar></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation sqref="A1"><formula1>People!$A$8:$A$9</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A8" location="People!A8"/><hyperlink ref="A9" location="A8"/></hyperlinks><extLst><ext><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>People!A8:B8</xm:f><xm:sqref>A8</xm:sqref></x14:sparkline><x14:sparkline><xm:f>People!A5:B5</xm:f><xm:sqref>A5</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>`,
			`<worksheet><sheetData><row r="1"><c r="A1"><f>People!A9+A8+Sums!A8</f><v>8</v></c><c r="B1"><f>SUM(People!A:A,People!$A$9:$A$10)</f><v>8</v></c><c r="C1"><f>#REF!</f><v>5</v></c></row></sheetData><conditionalFormatting sqref="A1"><cfRule type="expression"><formula>People!$A$9=A8</formula></cfRule><cfRule type="dataBar"><dataBar><cfvo type="num" val="People!$A$9"/><cfvo type="max"/></dataBar></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation sqref="A1"><formula1>People!$A$9:$A$10</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A8" location="People!A9"/><hyperlink ref="A9" location="A8"/></hyperlinks><extLst><ext><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>People!A9:B9</xm:f><xm:sqref>A8</xm:sqref></x14:sparkline><x14:sparkline><xm:sqref>A5</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>`},
		{"shared formulas of another sheet, torn where rows come between what they point at", "xl/worksheets/sheet2.xml",
			`<worksheet><sheetData><row r="6"><c r="B6"><f t="shared" ref="B6:B9" si="0">People!A6*2</f><v>1</v></c></row><row r="7"><c r="B7"><f t="shared" si="0"/><v>1</v></c></row><row r="8"><c r="B8"><f t="shared" si="0"/><v>1</v></c></row><row r="9"><c r="B9"><f t="shared" si="0"/><v>1</v></c></row></sheetData></worksheet>`,
			`<worksheet><sheetData><row r="6"><c r="B6"><f t="shared" ref="B6:B9" si="0">People!A5*2</f><v>1</v></c></row><row r="7"><c r="B7"><f t="shared" si="0"/><v>1</v></c></row><row r="8"><c r="B8"><f>People!A9*2</f><v>1</v></c></row><row r="9"><c r="B9"><f>People!A10*2</f><v>1</v></c></row></sheetData></worksheet>`},
		{"an array formula of another sheet", "xl/worksheets/sheet2.xml",
			`<worksheet><sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A5">People!A8:A12*2</f><v>16</v></c></row></sheetData></worksheet>`,
			`<worksheet><sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A5">People!A9:A12*2</f><v>16</v></c></row></sheetData></worksheet>`},
		{"a pivot table's data", "xl/pivotCache/pivotCacheDefinition1.xml",
			`<d><cacheSource><worksheetSource ref="A1:C8" sheet="PEOPLE"/><worksheetSource ref="A1:C8" sheet="Sums"/><worksheetSource name="Table1"/><worksheetSource r:id="rId1" ref="A1:C8" sheet="People"/></cacheSource></d>`,
			`<d><cacheSource><worksheetSource ref="A1:C9" sheet="PEOPLE"/><worksheetSource ref="A1:C8" sheet="Sums"/><worksheetSource name="Table1"/><worksheetSource r:id="rId1" ref="A1:C8" sheet="People"/></cacheSource></d>`},
		{"a pivot table on the sheet", "xl/pivotTables/pivotTable1.xml", `<p><location ref="E11:F12" firstHeaderRow="1"/></p>`, `<p><location ref="E11:F12" firstHeaderRow="1"/></p>`},
		{"a pivot table on the sheet, further up", "xl/pivotTables/pivotTable1.xml", `<p><location ref="E8:F9" firstHeaderRow="1"/></p>`, `<p><location ref="E9:F10" firstHeaderRow="1"/></p>`},
		{"a chart of any sheet", "xl/charts/chart7.xml", `<c:chart><c:f>People!$A$8:$A$9</c:f><c:f>(People!$A$6,People!$A$5)</c:f><c15:sqref>People!$A$8</c15:sqref><c:f>Sums!$A$8</c:f></c:chart>`, `<c:chart><c:f>People!$A$9:$A$10</c:f><c:f>(People!$A$5,#REF!)</c:f><c15:sqref>People!$A$9</c15:sqref><c:f>Sums!$A$8</c:f></c:chart>`},
		{"a text box of another sheet", "xl/drawings/drawing9.xml", `<d><xdr:row>8</xdr:row><xdr:sp textlink="People!$A$8"/><xdr:sp textlink="$A$8"/></d>`, `<d><xdr:row>8</xdr:row><xdr:sp textlink="People!$A$9"/><xdr:sp textlink="$A$8"/></d>`},
		{"a picture of the sheet", "xl/drawings/drawing1.xml", `<d><xdr:row>7</xdr:row><xdr:sp textlink="$A$8"/><a14:cameraTool cellRange="People!$A$8:$B$9"/></d>`, `<d><xdr:row>8</xdr:row><xdr:sp textlink="$A$9"/><a14:cameraTool cellRange="People!$A$9:$B$10"/></d>`},
		{"where a picture leads to", "xl/drawings/_rels/drawing1.xml.rels", `<Relationships><Relationship Id="rId1" TargetMode="External" Target="#People!A8"/><Relationship Id="rId2" Target="../media/image1.png"/></Relationships>`, `<Relationships><Relationship Id="rId1" TargetMode="External" Target="#People!A9"/><Relationship Id="rId2" Target="../media/image1.png"/></Relationships>`},
		{"a control of the sheet", "xl/drawings/vmlDrawing1.vml",
			`<xml><v:shape id="c"><x:ClientData ObjectType="Drop"><x:Anchor>1, 15, 4, 2, 3, 15, 8, 1</x:Anchor><x:FmlaRange>'People'!$A$8:$A$9</x:FmlaRange><x:FmlaLink>$A$8</x:FmlaLink><x:FmlaMacro>[0]!A8</x:FmlaMacro></x:ClientData></v:shape></xml>`,
			`<xml><v:shape id="c"><x:ClientData ObjectType="Drop"><x:Anchor>1, 15, 4, 2, 3, 15, 9, 1</x:Anchor><x:FmlaRange>'People'!$A$9:$A$10</x:FmlaRange><x:FmlaLink>$A$9</x:FmlaLink><x:FmlaMacro>[0]!A8</x:FmlaMacro></x:ClientData></v:shape></xml>`},
		{"a control of another sheet", "xl/drawings/vmlDrawing2.vml", `<xml><v:shape id="c"><x:ClientData ObjectType="Drop"><x:Anchor>1, 15, 8, 2, 3, 15, 8, 1</x:Anchor><x:FmlaRange>People!$A$8</x:FmlaRange><x:FmlaLink>$A$8</x:FmlaLink></x:ClientData></v:shape></xml>`, `<xml><v:shape id="c"><x:ClientData ObjectType="Drop"><x:Anchor>1, 15, 8, 2, 3, 15, 8, 1</x:Anchor><x:FmlaRange>People!$A$9</x:FmlaRange><x:FmlaLink>$A$8</x:FmlaLink></x:ClientData></v:shape></xml>`},
		{"a control's properties", "xl/ctrlProps/ctrlProp1.xml", `<formControlPr objectType="Drop" fmlaLink="$A$8" fmlaRange='&apos;People&apos;!$A$8:$A$9'/>`, `<formControlPr objectType="Drop" fmlaLink="$A$9" fmlaRange='&apos;People&apos;!$A$9:$A$10'/>`},
		{"the properties of another sheet's control", "xl/ctrlProps/ctrlProp2.xml", `<formControlPr objectType="Drop" fmlaLink="$A$8" fmlaRange="People!$A$5"/>`, `<formControlPr objectType="Drop" fmlaLink="$A$8" fmlaRange="#REF!"/>`},
		{"how another sheet tells of its control", "xl/worksheets/sheet2.xml", `<worksheet><sheetData/><controls><control r:id="r1"><controlPr linkedCell="A8" listFillRange="People!A8:A9"><anchor><from><xdr:row>8</xdr:row></from></anchor></controlPr></control></controls></worksheet>`, `<worksheet><sheetData/><controls><control r:id="r1"><controlPr linkedCell="A8" listFillRange="People!A9:A10"><anchor><from><xdr:row>8</xdr:row></from></anchor></controlPr></control></controls></worksheet>`},
		{"where a cell leads to, as an address", "xl/worksheets/_rels/sheet2.xml.rels", `<Relationships><Relationship Id="rId1" TargetMode="External" Type="x/hyperlink" Target="#'People'!A8"/></Relationships>`, `<Relationships><Relationship Id="rId1" TargetMode="External" Type="x/hyperlink" Target="#&apos;People&apos;!A9"/></Relationships>`},
		{"a table", "xl/tables/table1.xml",
			`<table ref="A2:C9" totalsRowCount="1"><autoFilter ref="A2:C8"/><sortState ref="A3:C8"><sortCondition ref="C5"/></sortState><tableColumns><tableColumn><calculatedColumnFormula>Table1[[#This Row],[A]]*B3+$A$8</calculatedColumnFormula><totalsRowFormula>SUM(A3:A8)</totalsRowFormula></tableColumn></tableColumns></table>`,
			`<table ref="A2:C10" totalsRowCount="1"><autoFilter ref="A2:C9"/><sortState ref="A3:C9"></sortState><tableColumns><tableColumn><calculatedColumnFormula>Table1[[#This Row],[A]]*B3+$A$9</calculatedColumnFormula><totalsRowFormula>SUM(A3:A9)</totalsRowFormula></tableColumn></tableColumns></table>`},
		{"a table with a new row before its totals", "xl/tables/table1.xml", `<table ref="A2:C8" totalsRowCount="1"><autoFilter ref="A2:C7"/></table>`, `<table ref="A2:C9" totalsRowCount="1"><autoFilter ref="A2:C8"/></table>`},
		{"a table whose totals go", "xl/tables/table1.xml", `<table ref="A7:C10" totalsRowCount="1"><autoFilter ref="A7:C9"/></table>`, `<table ref="A6:C10" totalsRowCount="0"><autoFilter ref="A6:C10"/></table>`},
		{"a table without a header, whose first row goes and that grows", "xl/tables/table1.xml", `<table ref="A5:C7" headerRowCount="0"><tableColumn><calculatedColumnFormula>B5</calculatedColumnFormula></tableColumn></table>`, `<table ref="A5:C8" headerRowCount="0"><tableColumn><calculatedColumnFormula>B5</calculatedColumnFormula></tableColumn></table>`},
		{"comments that are answered", "xl/threadedComments/threadedComment1.xml", `<t><threadedComment ref="A8"/><threadedComment ref="A5"><text>gone</text></threadedComment></t>`, `<t><threadedComment ref="A9"/></t>`},
		{"the filter of a view", "xl/namedSheetViews/namedSheetView1.xml", `<v><nsvFilter ref="A1:C8" tableId="0"/></v>`, `<v><nsvFilter ref="A1:C9" tableId="0"/></v>`},
		{"shapes of comments, and a picture of the page's header", "xl/drawings/vmlDrawing1.vml",
			`<xml><v:shape id="a"><x:ClientData ObjectType="Note"><x:Anchor>1, 15, 7, 2, 3, 15, 10, 1</x:Anchor><x:Row>7</x:Row></x:ClientData></v:shape><v:shape id="b"><x:ClientData><x:Row>4</x:Row></x:ClientData></v:shape><v:shape id="LH"><v:imagedata/></v:shape></xml>`,
			`<xml><v:shape id="a"><x:ClientData ObjectType="Note"><x:Anchor>1, 15, 8, 2, 3, 15, 11, 1</x:Anchor><x:Row>8</x:Row></x:ClientData></v:shape><v:shape id="LH"><v:imagedata/></v:shape></xml>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := twoSheets(`<sheetData/>`).related(own).with(tt.part, tt.before)
			if got := partOf(t, patched(t, data, someRowsGo), tt.part); got != tt.after {
				t.Errorf("saved\n%s, want\n%s", got, tt.after)
			}
		})
	}
}

func TestPartsThatCannotFollowTheRowsAreLeftToExcelize(t *testing.T) {
	own := map[string]string{"../tables/table1.xml": "table", "../pivotTables/pivotTable1.xml": "pivotTable"}
	for _, tt := range []struct{ name, part, text string }{
		{"the header of a table goes", "xl/tables/table1.xml", `<table ref="A5:C9"/>`},
		{"all rows of a table go", "xl/tables/table1.xml", `<table ref="A4:C5"/>`},
		{"a table's formula is none", "xl/tables/table1.xml", `<table ref="A1:C9"><calculatedColumnFormula>"</calculatedColumnFormula></table>`},
		{"a row of a pivot table goes", "xl/pivotTables/pivotTable1.xml", `<p><location ref="E4:F6"/></p>`},
		{"rows come into a pivot table", "xl/pivotTables/pivotTable1.xml", `<p><location ref="E6:F8"/></p>`},
		{"a filter of a pivot table goes", "xl/pivotTables/pivotTable1.xml", `<p><location ref="E6:F7" rowPageCount="1"/></p>`},
		{"a control is tied to what is no cell", "xl/ctrlProps/ctrlProp1.xml", `<formControlPr fmlaLink="People!A1+&quot;"/>`},
		{"there are controls that are no XML", "xl/activeX/activeX1.bin", `?`},
		{"another sheet's formula is none", "xl/worksheets/sheet2.xml", `<worksheet><sheetData><row><c><f>People!A1+"</f></c></row></sheetData></worksheet>`},
		{"an old control is tied to what is no cell", "xl/drawings/vmlDrawing9.vml", `<xml><x:FmlaLink>&quot;</x:FmlaLink></xml>`},
		{"a chart's formula is none", "xl/charts/chart1.xml", `<c><f>'People!A1</f></c>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, "a.xlsx", twoSheets(`<sheetData/>`).related(own).with(tt.part, tt.text).bytes(t))
			rows, err := b.byRow(someRowsGo)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.patchedXLSX(t.Context(), b.source, rows); !errors.Is(err, errNotPatchable) {
				t.Errorf("the outcome is %v", err)
			}
		})
	}
}

func TestNamesMoveAndTheWorkbookIsCalculatedAnew(t *testing.T) {
	sums := `<sheetData><row r="1"><c r="A1"><f>People!A8</f><v>8</v></c></row></sheetData>`
	names := `<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">People!$A$1:$C$8,People!$A$10</definedName><definedName name="_xlnm.Print_Titles">People!$A:$A,People!$8:$8</definedName><definedName name="Gone">'People'!$A$5</definedName><definedName name="Above">People!A8</definedName><definedName name="Sum">SUM(Sums!$A$8)+People!$A$8</definedName></definedNames>`
	moved := `<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">People!$A$1:$C$9,#REF!</definedName><definedName name="_xlnm.Print_Titles">People!$A:$A,People!$9:$9</definedName><definedName name="Gone">#REF!</definedName><definedName name="Above">People!A8</definedName><definedName name="Sum">SUM(Sums!$A$8)+People!$A$9</definedName></definedNames>`
	for _, tt := range []struct{ name, sheet, before, after string }{
		{"where nothing says how it is calculated", sums, names + `<pivotCaches><pivotCache cacheId="1"/></pivotCaches>`, moved + `<calcPr fullCalcOnLoad="1"/><pivotCaches><pivotCache cacheId="1"/></pivotCaches>`},
		{"where that is stated", sums, names + `<calcPr calcId="191029"/>`, moved + `<calcPr fullCalcOnLoad="1" calcId="191029"/>`},
		{"where it is calculated by hand", sums, `<x:calcPr fullCalcOnLoad='0' calcMode="manual"></x:calcPr>`, `<x:calcPr fullCalcOnLoad='1' calcMode="manual"></x:calcPr>`},
		{"but not without formulas", `<sheetData/>`, names + `<calcPr calcId="191029"/>`, moved + `<calcPr calcId="191029"/>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := twoSheets(tt.sheet)
			workbook := func(end string) string {
				return strings.Replace(p["xl/workbook.xml"], "</sheets>", "</sheets>"+end, 1)
			}
			got := partOf(t, patched(t, p.with("xl/workbook.xml", workbook(tt.before)), someRowsGo), "xl/workbook.xml")
			if got != workbook(tt.after) {
				t.Errorf("saved\n%s, want\n%s", got, workbook(tt.after))
			}
		})
	}
}

func TestTheOrderOfCalculationIsDroppedWithAFormula(t *testing.T) {
	p := workbookParts(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>3</v></c></row>`).with("xl/calcChain.xml", `<calcChain><c r="A1"/></calcChain>`)
	chain := `<Relationship Id="rId9" Type="` + relNS + `/calcChain" Target="calcChain.xml"/>`
	p = p.with("xl/_rels/workbook.xml.rels", strings.Replace(p["xl/_rels/workbook.xml.rels"], "</", chain+"</", 1))
	for _, tt := range []struct {
		name    string
		changes Changes
		dropped bool
	}{
		{"when the formula gives way to a text", Changes{Cells: []CellChange{{0, 0, "x"}}}, true},
		{"when rows move", Changes{Inserted: []Insertion{{-1, []string{"x"}}}}, true},
		{"but not when a text changes", Changes{Cells: []CellChange{{0, 1, "x"}}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := patched(t, p, tt.changes)
			if got := !strings.Contains(partOf(t, out, "xl/_rels/workbook.xml.rels"), "calcChain"); got != tt.dropped {
				t.Errorf("dropped: %v", got)
			}
			if !strings.Contains(partOf(t, out, "xl/workbook.xml"), `<calcPr fullCalcOnLoad="1"/>`) {
				t.Error("it is not calculated anew")
			}
		})
	}
}
