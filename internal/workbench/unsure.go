package workbench

import (
	"fmt"
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
				names, quoted = append(names, header[col]), append(quoted, "“"+header[col]+"”")
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
