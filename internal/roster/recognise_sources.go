package roster

import (
	"strings"

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

// sourceOf is the source whose identifiers a column holds by its header. It is
// certain where the header is the source's name: whatever stands below is for
// the checks to judge then. Under an everyday word, the content decides.
func (rc *recognition) sourceOf(col int) (source string, certain, ok bool) {
	header := Tidy(rc.header[col])
	if header == "" || rc.names[col].grade >= synonym {
		return "", false, false
	}
	if rc.dir != nil && !rc.dir.NoSources {
		src, called := SourceByAnyName(header, rc.dir)
		if called == NotCalled || called != ExactlyCalled && isGeneric(src.Name) {
			return "", false, false
		}
		if called >= AlsoCalled && !isGeneric(src.Name) || identifierHeader(header, src) {
			return src.Name, true, true
		}
		certain = called >= AlsoCalled || bareSource(Fold(header)) == Fold(src.Name)
		return src.Name, certain && rc.fits(col, src), true
	}
	k := KindOf(header)
	if k == nil || generic[k.Name] {
		return "", false, false
	}
	src := account.Source{Name: k.Name}
	if isOneOf(spelling(header), k.names) && rc.names[col].grade == noGrade || identifierHeader(header, src) {
		return k.Name, true, true
	}
	return k.Name, (isOneOf(spelling(header), k.names) || bareSource(Fold(header)) == Fold(k.Name)) && rc.fits(col, src), true
}

// identifierHeader says whether a header is the source's name and a word that
// can mean nothing but its identifiers: "Slack ID", not "Slack name".
func identifierHeader(header string, src account.Source) bool {
	key := Fold(header)
	for _, name := range []string{src.Name, src.DisplayName} {
		rest, ok := strings.CutPrefix(key, Fold(name)+" ")
		if !ok || Fold(name) == "" {
			continue
		}
		switch rest {
		case "id", "ids", "identifier", "identifiers", "user id", "userid", "member id":
			return !isGeneric(src.Name)
		}
	}
	return false
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
