package workbench

import (
	"fmt"
	"strconv"
	"strings"

	"rollcall/internal/roster"
)

// noteUnsure says which columns could be meant and were not used, since a tool
// that cannot ask uses only what is certain.
func (b *Bench) noteUnsure(proposed, used roster.Mapping, header []string) {
	for c := range proposed.Columns {
		p := proposed.Columns[c]
		if used.Columns[c].Kind != roster.None || len(p.Cols) == 0 {
			continue
		}
		var names, quoted []string
		for _, col := range p.Cols {
			if col < len(header) {
				names, quoted = append(names, specOf(header, col)), append(quoted, "“"+header[col]+"”")
			}
		}
		target := roster.Column(c).Header()
		what := "the column " + strings.Join(quoted, "")
		if len(quoted) > 1 {
			what = "the columns " + strings.Join(quoted, ", ")
		}
		b.note(fmt.Sprintf("%q could be %s, which is not certain, so it was not used. To use it: --column %q", target, what, target+"="+strings.Join(names, "+")))
	}
}

// specOf names a column as --column takes it: by its header, or by its position
// where the header is not the only one of its name or would be read as several.
func specOf(header []string, col int) string {
	same := 0
	for _, h := range header {
		if strings.EqualFold(h, header[col]) {
			same++
		}
	}
	if same > 1 || strings.ContainsAny(header[col], `+"`) {
		return strconv.Itoa(col + 1)
	}
	return header[col]
}
