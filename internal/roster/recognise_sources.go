package roster

import (
	"rollcall/internal/account"
)

// generic are platforms whose names are everyday headers: a column "Phone" is
// that of a source only where the account has a source of that very name.
var generic = map[string]bool{"phone": true, "sms": true, "email": true, "x": true}

// sources matches the template's own column and the columns that are one
// source's each.
func (rc *recognition) sources() {
	list := Match{Kind: Direct, How: HowHeader, Certain: true}
	list.Cols = rc.named(toSources, own)
	if len(list.Cols) == 0 {
		list.Cols, list.How = rc.named(toSources, synonym), HowSynonym
	}
	if len(list.Cols) > 1 {
		rc.direct(Sources, list.Cols, HowTwice, false)
		return
	}
	m := Match{Kind: PerSource, How: HowSource, Certain: true}
	for _, col := range list.Cols {
		m.Cols, m.Sources = append(m.Cols, col), append(m.Sources, "")
	}
	seen := make(map[string]bool)
	for col := range rc.header {
		source, certain, ok := rc.sourceOf(col)
		if !ok || rc.taken[col] || len(list.Cols) > 0 && col == list.Cols[0] {
			continue
		}
		if seen[source] || !certain {
			m.Certain = false
		}
		seen[source] = true
		m.Cols, m.Sources = append(m.Cols, col), append(m.Sources, source)
	}
	switch {
	case len(m.Cols) == len(list.Cols) && len(list.Cols) == 1:
		rc.set(Sources, list)
	case len(m.Cols) > 0:
		rc.set(Sources, m)
	default:
		rc.simple(Sources, toSources)
	}
}

// sourceOf is the source whose identifiers a column holds by its header;
// certain where the header is the source's name and the content does not speak
// against it.
func (rc *recognition) sourceOf(col int) (source string, certain, ok bool) {
	header := Tidy(rc.header[col])
	if header == "" || rc.names[col].grade >= synonym {
		return "", false, false
	}
	if rc.dir != nil && !rc.dir.NoSources {
		src, exact, ok := SourceByAnyName(header, rc.dir)
		if !ok || !exact && src.Name != "" && isGeneric(src.Name) {
			return "", false, false
		}
		certain = exact || Fold(src.DisplayName) == Fold(header) || bareSource(Fold(header)) == Fold(src.Name) || KindOf(header) == KindOf(src.Name)
		return src.Name, certain && rc.fits(col, src), true
	}
	k := KindOf(header)
	if k == nil || generic[k.Name] {
		return "", false, false
	}
	return k.Name, rc.fits(col, account.Source{Name: k.Name}), true
}

func isGeneric(name string) bool {
	k := KindOf(name)
	return k != nil && generic[k.Name]
}

// fits says whether most of what stands in a column has the form of the
// source's identifiers.
func (rc *recognition) fits(col int, src account.Source) bool {
	p := PatternOf(src)
	if p == nil {
		return true
	}
	filled, fit := 0, 0
	for r := 0; r < rc.sample.rows(); r++ {
		text := Tidy(rc.sample.Text(r, col))
		if text == "" {
			continue
		}
		filled++
		if t := SplitSources(text, rc.dir)[0]; p.Match(t.Text) || p.Match(t.Value) {
			fit++
		}
	}
	return filled == 0 || fit*2 >= filled
}
