package roster

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/sheet"
)

// export is what a product writes of its users: its own headers, and rows with
// the values that it really has there.
type export struct {
	name   string
	dir    *account.Directory
	header string
	rows   []string
	want   columns // as describe writes it
	// means is what the rows read like in the columns that are matched for
	// certain, in the template's order; "" for a column that is asked.
	means []string
}

// exports are all of them.
func exports() []export {
	return slices.Concat(directoryExports, platformExports, personnelExports)
}

func TestTheExportsOfProductsMapRightOrAsk(t *testing.T) {
	for _, e := range exports() {
		t.Run(e.name, func(t *testing.T) {
			header := strings.Split(e.header, "|")
			sample := sampleOf(e.rows...)
			m := Recognise(header, sample, e.dir)
			if got := describe(m, header); !reflect.DeepEqual(got, e.want) {
				t.Errorf("got  %v\nwant %v", got, e.want)
			}
			if m.Certain {
				t.Error("nothing is asked, though the template's groups or role are missing")
			}
			for row, want := range e.means {
				if got := certainTexts(m, sample, row, Status, Name, Email); got != want {
					t.Errorf("row %d means %q, want %q", row+1, got, want)
				}
			}
		})
	}
}

func TestTheHeaderOfEachExportStandsOut(t *testing.T) {
	for _, e := range exports() {
		score := HeaderScore(strings.Split(e.header, "|"))
		for _, row := range e.rows {
			if other := HeaderScore(strings.Split(row, "|")); other >= score {
				t.Errorf("%s: the header scores %d, the row %q %d", e.name, score, row, other)
			}
		}
	}
}

// certainTexts is what a row reads like in the columns that are not asked.
func certainTexts(m Mapping, sample Sample, row int, cols ...Column) string {
	var texts []string
	for _, c := range cols {
		match := m.Columns[c]
		text := ""
		if match.Certain || match.Kind == Split {
			var parts []string
			for _, col := range match.Cols {
				parts = append(parts, sample.Text(row, col))
			}
			text = strings.Join(parts, " ")
			if to := m.Value(c, text); to != "" {
				text = to
			}
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "|")
}

func TestAValueIsFoundInAnyLetterCaseAndLeftAloneWhereThatWasChosen(t *testing.T) {
	m := Recognise([]string{"email", "status"}, sampleOf("a@b.co|Member", "b@b.co|Deactivated"), nil)
	for text, want := range map[string]string{"Member": "Active", " MEMBER ": "Active", "deactivated": "Archived", "Bot": ""} {
		if got := m.Value(Status, text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
	m.Values[Status]["Member"] = "" // a person leaves it as it is
	v := NewView(oneRow{"a@b.co", "Member"}, &m, 2)
	if got := v.Text(0, Status); got != "Member" {
		t.Errorf("a value that is to be left reads %q", got)
	}
}

// oneRow is a sheet of one row that nobody has edited.
type oneRow []string

func (r oneRow) Text(_ sheet.RowID, col int) string {
	if col < len(r) {
		return r[col]
	}
	return ""
}

func (oneRow) Edited(sheet.RowID, int) bool { return false }
