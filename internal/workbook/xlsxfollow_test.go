package workbook

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/workbook/formula"
)

// wood is a workbook of random formulas. Columns A to C of its sheet "My people"
// hold texts of which no two are the same, columns D to F and the sheet "Sums"
// formulas that refer to them.
type wood struct {
	r    *rand.Rand
	rows int
}

func (w wood) fixed() string { return []string{"", "$"}[w.r.IntN(2)] }

// reference is a reference to the texts, written in another way each time.
func (w wood) reference(sheet string) string {
	cell := func() string {
		return w.fixed() + string(rune('A'+w.r.IntN(3))) + w.fixed() + strconv.Itoa(1+w.r.IntN(w.rows))
	}
	named := "'My people'!"
	if sheet == "" && w.r.IntN(2) == 0 {
		named = ""
	}
	switch w.r.IntN(4) {
	case 0:
		a, b := cell(), cell()
		return named + a + ":" + b
	case 1:
		return named + w.fixed() + "A:" + w.fixed() + "C"
	default:
		return named + cell()
	}
}

func (w wood) formula(sheet string) string {
	f := "COUNTA(" + w.reference(sheet) + ")&\"A1\""
	for range w.r.IntN(3) {
		f += []string{"&", "&Sums!A1&", "&SUM(1,2)&"}[w.r.IntN(3)] + "INDEX(" + w.reference(sheet) + ",1)"
	}
	return f
}

// column is a column of formulas, some of them shared by the rows below.
func (w wood) column(sheet string, col string) []string {
	cells := make([]string, w.rows)
	for row := 0; row < w.rows; {
		f, ref := escapeXML(w.formula(sheet)), col+strconv.Itoa(row+1)
		group := strconv.Itoa(row) + strconv.Itoa(int(col[0]))
		n := 1
		switch w.r.IntN(3) {
		case 0:
			cells[row] = `<c r="` + ref + `"><f>` + f + `</f><v>1</v></c>`
		case 1:
			cells[row] = `<c r="` + ref + `"><f t="array" ref="` + ref + `">` + f + `</f><v>1</v></c>`
		default:
			n = min(w.rows-row, 1+w.r.IntN(w.rows))
			cells[row] = `<c r="` + ref + `"><f t="shared" si="` + group + `" ref="` + ref + ":" + col + strconv.Itoa(row+n) + `">` + f + `</f><v>1</v></c>`
			for i := row + 1; i < row+n; i++ {
				cells[i] = `<c r="` + col + strconv.Itoa(i+1) + `"><f t="shared" si="` + group + `"/><v>1</v></c>`
			}
		}
		row += n
	}
	return cells
}

func (w wood) sheet(name string, texts bool) string {
	var columns [][]string
	for _, col := range []string{"D", "E", "F"} {
		columns = append(columns, w.column(name, col))
	}
	var out strings.Builder
	for row := range w.rows {
		fmt.Fprintf(&out, `<row r="%d">`, row+1)
		for col := range 3 {
			if texts {
				fmt.Fprintf(&out, `<c r="%s" t="inlineStr"><is><t>text %d %d</t></is></c>`, formula.CellName(row+1, col), row+1, col)
			}
		}
		for _, cells := range columns {
			out.WriteString(cells[row])
		}
		out.WriteString("</row>")
	}
	return `<sheetData>` + out.String() + `</sheetData>`
}

func (w wood) workbook(t *testing.T) []byte {
	p := twoSheets(w.sheet("Sums", false))
	p = p.with("xl/workbook.xml", strings.Replace(p["xl/workbook.xml"], `"People"`, `"My people"`, 1))
	return p.with("xl/worksheets/sheet1.xml", xmlHead+`<worksheet xmlns="`+mainNS+`">`+w.sheet("", true)+`</worksheet>`).bytes(t)
}

func (w wood) changes() Changes {
	var c Changes
	for range w.r.IntN(4) {
		c.Deleted = append(c.Deleted, w.r.IntN(w.rows))
	}
	for range w.r.IntN(4) {
		c.Inserted = append(c.Inserted, Insertion{w.r.IntN(w.rows+1) - 1, []string{"new"}})
	}
	for range w.r.IntN(3) {
		c.Cells = append(c.Cells, CellChange{w.r.IntN(w.rows), 3 + w.r.IntN(3), "typed"})
	}
	return c
}

// found is a formula with the texts that each of its references leads to.
type found struct {
	text    string
	targets [][]string
}

var aReference = regexp.MustCompile(`#REF!|(?:'My people'!)?(?:\$?[A-C]\$?\d+(?::\$?[A-C]\$?\d+)?|\$?A:\$?C)`)

// follow reads the formulas of a workbook, by the texts in column A of their
// rows on the first sheet and by their cells on the second, and looks up what
// they refer to.
func follow(t *testing.T, data []byte) map[string]found {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("My people")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]found{}
	for cell, formula := range formulasOf(t, data, "xl/worksheets/sheet1.xml") {
		row, _ := strconv.Atoi(cell[1:])
		out[rows[row-1][0]+" "+cell[:1]] = targets(rows, formula)
	}
	for cell, formula := range formulasOf(t, data, "xl/worksheets/sheet2.xml") {
		out["Sums!"+cell] = targets(rows, formula)
	}
	return out
}

// formulasOf reads the formulas of a sheet by their cells. (excelize reads
// shared ones wrong where they name a sheet in quotation marks.)
func formulasOf(t *testing.T, data []byte, part string) map[string]string {
	t.Helper()
	var sheet struct {
		Cells []struct {
			R string `xml:"r,attr"`
			F *struct {
				Text string `xml:",chardata"`
				SI   string `xml:"si,attr"`
				Ref  string `xml:"ref,attr"`
			} `xml:"f"`
		} `xml:"sheetData>row>c"`
	}
	if err := xml.Unmarshal([]byte(partOf(t, data, part)), &sheet); err != nil {
		t.Fatal(err)
	}
	heads, texts, out := map[string]int{}, map[string]string{}, map[string]string{}
	for _, c := range sheet.Cells {
		if c.F == nil {
			continue
		}
		out[c.R] = c.F.Text
		row, _ := strconv.Atoi(c.R[1:])
		switch {
		case c.F.SI != "" && c.F.Text != "":
			heads[c.F.SI], texts[c.F.SI] = row, c.F.Text
		case c.F.SI != "":
			out[c.R] = filledDown(texts[c.F.SI], row-heads[c.F.SI])
		}
	}
	return out
}

var movable = regexp.MustCompile(`"[^"]*"|([A-C])(\d+)`)

// filledDown is a formula some rows further down.
func filledDown(formula string, by int) string {
	return movable.ReplaceAllStringFunc(formula, func(ref string) string {
		m := movable.FindStringSubmatch(ref)
		if m[1] == "" {
			return ref
		}
		row, _ := strconv.Atoi(m[2])
		return m[1] + strconv.Itoa(row+by)
	})
}

// aside is what holds no reference to the sheet: texts, and another sheet's
// cells.
var aside = regexp.MustCompile(`"[^"]*"|Sums!A\d+`)

func targets(rows [][]string, formula string) found {
	formula = aside.ReplaceAllString(formula, "aside")
	f := found{text: aReference.ReplaceAllString(formula, "?")}
	for _, ref := range aReference.FindAllString(formula, -1) {
		f.targets = append(f.targets, textsAt(rows, strings.TrimPrefix(ref, "'My people'!")))
	}
	return f
}

// textsAt are the texts of a range, new ones aside.
func textsAt(rows [][]string, ref string) []string {
	if strings.Contains(ref, "#REF!") {
		return nil
	}
	a, ok := formula.ParseArea(strings.ReplaceAll(ref, "$", ""))
	if !ok {
		a = formula.Area{Top: 1, Bottom: len(rows), Left: 0, Right: 2} // whole columns
	}
	var texts []string
	for row := a.Top - 1; row < a.Bottom && row < len(rows); row++ {
		for col := a.Left; col <= a.Right && col < len(rows[row]); col++ {
			if text := rows[row][col]; text != "" && text != "new" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// Whatever rows go and come, each formula that is left refers to what it
// referred to before, as far as that is left.
func TestFormulasFollowTheirCellsWhateverRowsMove(t *testing.T) {
	for seed := range uint64(many(60)) {
		w := wood{r: rand.New(rand.NewPCG(seed, 7)), rows: 4 + int(seed%12)}
		data, c := w.workbook(t), w.changes()
		b := open(t, "a.xlsx", data)
		rows, err := b.byRow(c)
		if err != nil {
			t.Fatal(err)
		}
		out, err := b.patchedXLSX(context.Background(), data, rows)
		if err == nil {
			err = b.confirm(context.Background(), out, rows)
		}
		if err != nil {
			t.Fatalf("seed %d: %v after %+v", seed, err, c)
		}
		before, after := follow(t, data), follow(t, out)
		gone := func(text string) bool {
			return slices.ContainsFunc(c.Deleted, func(row int) bool { return strings.HasPrefix(text, fmt.Sprintf("text %d ", row+1)) })
		}
		for cell, old := range before {
			now, ok := after[cell]
			typed := slices.ContainsFunc(c.Cells, func(x CellChange) bool {
				return fmt.Sprintf("text %d 0 %s", x.Row+1, formula.ColumnName(x.Col)) == cell
			})
			if ok == (typed || gone(cell)) {
				t.Fatalf("seed %d: the formula of %s is there: %v", seed, cell, ok)
			}
			if !ok {
				continue
			}
			for i := range old.targets {
				old.targets[i] = slices.DeleteFunc(old.targets[i], gone)
			}
			if fmt.Sprint(now) != fmt.Sprint(old) {
				t.Fatalf("seed %d: %s was %v and is %v after %+v", seed, cell, old, now, c)
			}
		}
		if extra := len(after) - len(before); extra > 0 {
			t.Fatalf("seed %d: %d formulas more than before", seed, extra)
		}
	}
}
