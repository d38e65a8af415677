package workbook

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"rollcall/internal/workbook/charset"
	"rollcall/internal/workbook/charset/charsettest"
)

// csvVariant is one way to write a table as text.
type csvVariant struct {
	encoding  string
	bom       bool
	sep       string
	quoting   string // "minimal", "all", "text", "apostrophe", "backslash"
	end       string
	lastEnd   bool
	preamble  string // "", "title", "version", "sep", "comment", "blank"
	footer    string // "", "totals", "blank", "dos"
	padded    bool   // blanks in front of quoted cells, as people type them
	trailing  bool   // a separator at each line's end
	blankRow  bool   // a blank line between two people
	short     bool   // trailing empty cells are left out
	lineBreak bool   // a cell holds a line break
	quoteIn   bool   // a cell holds quotation marks
	sepIn     bool   // a cell holds the separator
	header    string
}

var variantHeaders = []string{
	"Current Status|Display Name|Primary Email|Role|Groups|Source Username(s)",
	"status|name|email|role|groups|slack id",
	"Status|Name|E-Mail-Adresse|Rolle|Gruppen|Slack",
	"Statut|Nom complet|Adresse e-mail|Rôle|Groupes|Identifiant",
	"Estado|Nombre completo|Correo electrónico|Rol|Grupos|Usuario de Slack",
	"статус|имя|почта|роль|группы|slack",
	"ステータス|氏名|メールアドレス|役割|グループ|Slack",
	"Account state|Full name|Work email|User role|Team|Employee ID",
}

var csvEncodings = []string{"UTF-8", "UTF-8", "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", "windows-1250", "windows-1251", "Shift_JIS", "GB18030", "EUC-KR", "KOI8-R", "ISO-8859-2", "Big5"}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func chance(r *rand.Rand, in int) bool { return r.IntN(in) == 0 }

func randomCSV(r *rand.Rand) csvVariant {
	v := csvVariant{
		encoding: pick(r, csvEncodings...), bom: chance(r, 2), sep: pick(r, ",", ",", ";", ";", "\t", "|"),
		quoting: pick(r, "minimal", "minimal", "all", "text", "apostrophe", "backslash"), end: pick(r, "\n", "\r\n", "\r\n", "\r", "\r\r\n"),
		lastEnd: !chance(r, 3), preamble: pick(r, "", "", "", "title", "version", "sep", "comment", "blank"), footer: pick(r, "", "", "", "totals", "blank", "dos"),
		padded: chance(r, 8), trailing: chance(r, 8), blankRow: chance(r, 6), short: chance(r, 6),
		lineBreak: chance(r, 3), quoteIn: chance(r, 3), sepIn: chance(r, 2), header: pick(r, variantHeaders...),
	}
	if !strings.HasPrefix(v.encoding, "UTF") {
		v.bom = false
	}
	if strings.Contains("GB18030 EUC-KR Big5", v.encoding) {
		v.header = variantHeaders[r.IntN(2)] // nobody writes Russian or Japanese in these
	}
	if v.quoting == "apostrophe" {
		v.quoteIn, v.lineBreak, v.padded = false, false, false
	}
	if v.end == "\r" || v.end == "\r\r\n" {
		v.lineBreak = false
	}
	if v.quoting == "backslash" {
		v.padded = false
	}
	if v.footer == "dos" {
		v.lastEnd = true
	}
	return v
}

// people are the rows of a variant, in names that its encoding can hold.
func (v csvVariant) people(r *rand.Rand) [][]string {
	var fit []charsettest.Language
	for _, l := range charsettest.Languages {
		if l.Name == "Vietnamese" {
			continue
		}
		if strings.HasPrefix(v.encoding, "UTF") || strings.Contains(" "+l.Encodings+" ", " "+v.encoding+" ") {
			fit = append(fit, l)
		}
	}
	l := pick(r, fit...)
	rows := [][]string{}
	for n := range 4 + r.IntN(12) {
		name := pick(r, strings.Fields(l.First)...) + " " + pick(r, strings.Fields(l.Last)...)
		if l.Joined {
			name = pick(r, strings.Fields(l.Last)...) + pick(r, strings.Fields(l.First)...)
		}
		mail := fmt.Sprintf("person%d@example.com", n)
		groups := pick(r, "none", "Trading", "EMEA", "")
		switch {
		case v.sepIn && n%3 == 0:
			groups = "Trading" + v.sep + "EMEA"
		case v.lineBreak && n%3 == 1:
			groups = "Trading" + v.end + "EMEA"
		case v.quoteIn && n%3 == 2:
			groups = pick(r, `the "A" team`, `5" pipe`, `"quoted"`)
		}
		rows = append(rows, []string{pick(r, "Active", "Archived"), name, mail, pick(r, "User", "Admin", "Supervisor"), groups, pick(r, "", "slack:U02AMARA", "007", "0012", "8.19056E+11", "-", "=1+1")})
	}
	return rows
}

// write writes the variant and says what is to be read of it, and the header's
// row.
func (v csvVariant) write(r *rand.Rand) (data []byte, want [][]string, header int, ok bool) {
	var b strings.Builder
	line := func(text string, cells ...string) {
		b.WriteString(text + v.end)
		want = append(want, cells)
	}
	switch v.preamble {
	case "title":
		line("User list", "User list")
		line("")
	case "version":
		line("version:v1.0", "version:v1.0")
	case "sep":
		line("sep="+v.sep, "sep=", "")
	case "comment":
		line("# exported 2026-01-02", "# exported 2026-01-02")
	case "blank":
		line("")
		line("")
	}
	names := strings.Split(v.header, "|")
	rows := append([][]string{names}, v.people(r)...)
	header = len(want) + 1
	for n, row := range rows {
		if v.blankRow && n == 3 {
			line("")
		}
		text, cells := v.line(row, n == 0)
		line(text, cells...)
	}
	switch v.footer {
	case "totals":
		text := "Total" + strings.Repeat(v.sep, 2) + fmt.Sprint(len(rows)-1)
		line(text, strings.Split(text, v.sep)...)
	case "blank":
		line("")
		line("")
	}
	text := b.String()
	if !v.lastEnd && v.footer != "blank" {
		text = strings.TrimSuffix(text, v.end)
	}
	data, err := charset.Encode([]byte(text), v.encoding)
	if err != nil {
		return nil, nil, 0, false
	}
	if v.footer == "dos" && v.encoding != "UTF-16LE" && v.encoding != "UTF-16BE" {
		data = append(data, 0x1a)
	}
	if v.bom {
		mark, _ := charset.Encode([]byte("\ufeff"), v.encoding)
		data = append(mark, data...)
	}
	return data, want, header, true
}

// line writes a row.
func (v csvVariant) line(row []string, header bool) (string, []string) {
	last := len(row)
	if v.short && !header {
		for last > 3 && row[last-1] == "" {
			last--
		}
	}
	cells := append([]string{}, row[:last]...)
	var texts []string
	for n, cell := range cells {
		text := v.cell(cell, n)
		if v.padded && n > 0 && strings.HasPrefix(text, `"`) {
			text = " " + text
		}
		texts = append(texts, text)
	}
	if v.trailing && !header {
		texts, cells = append(texts, ""), append(cells, "")
	}
	if v.trailing && header {
		texts, cells = append(texts, ""), append(cells, "")
	}
	return strings.Join(texts, v.sep), cells
}

func (v csvVariant) cell(text string, col int) string {
	special := strings.Contains(text, v.sep) || strings.ContainsAny(text, "\r\n\"")
	switch v.quoting {
	case "apostrophe":
		return "'" + text + "'"
	case "backslash":
		return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
	case "all":
		special = true
	case "text":
		special = special || col < 5
	}
	if !special {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

// Several hundred ways to write a list of people are read to the last cell.
func TestManyWaysToWriteACSVAreReadRight(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	tried, asked, failed := 0, 0, 0
	for tried < many(1)*500 {
		v := randomCSV(r)
		data, want, header, ok := v.write(r)
		if !ok {
			continue
		}
		tried++
		b, err := Read(context.Background(), "users.csv", data, Options{})
		if err != nil {
			t.Errorf("%+v: %v", v, err)
			continue
		}
		if b.Facts.EncodingChoices != nil {
			asked++
			b = openWith(t, "users.csv", data, Options{Encoding: v.encoding})
		}
		got := rowsOf(b.Table)
		for i := range want {
			if len(want[i]) == 0 {
				want[i] = []string{}
			}
		}
		switch {
		case !reflect.DeepEqual(got, want):
			failed++
			if failed <= 5 {
				t.Errorf("%+v\nread\n%s, want\n%s", v, show(got), show(want))
			}
		case b.Facts.HeaderRow != header:
			failed++
			if failed <= 5 {
				t.Errorf("%+v\nthe header is found in row %d, not %d:\n%s", v, b.Facts.HeaderRow, header, show(got[:header]))
			}
		}
	}
	t.Logf("%d files: %d read right, of which %d asked for the encoding; %d not", tried, tried-failed, asked, failed)
	if failed > 5 {
		t.Errorf("%d of %d files are not read right", failed, tried)
	}
}
