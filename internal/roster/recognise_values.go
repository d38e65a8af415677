package roster

import (
	"strings"

	"rollcall/internal/account"
)

// values proposes how the file's words for status and role become the
// template's, where the file has a vocabulary of its own. In a column with the
// template's own header words stay as they are, for the checks to judge.
func (rc *recognition) values() {
	for _, c := range []Column{Status, Role} {
		m := &rc.m.Columns[c]
		if m.Kind == None || m.How == HowHeader || len(m.Cols) != 1 {
			continue
		}
		p := &rc.seen[m.Cols[0]]
		if m.Kind == Inverted && p.most(p.booleans) || m.Kind == Split || !hasOwnWord(c, p.distinct) {
			boolHeader := c == Status && rc.names[m.Cols[0]].grade == hint
			rc.m.Values[c] = translate(c, m.Kind, rc.sample.distinct(m.Cols[0]), boolHeader)
		}
	}
}

// WithValues fills in the values of columns that have none yet, from what
// stands in them.
func (m Mapping) WithValues(sample Sample, header []string) Mapping {
	for _, c := range []Column{Status, Role} {
		match := m.Columns[c]
		if len(match.Cols) != 1 || len(m.Values[c]) > 0 || match.Cols[0] >= len(header) {
			continue
		}
		name := nameOf(header[match.Cols[0]])
		if name.grade == own {
			continue
		}
		kind := match.Kind
		p := sample.profile(match.Cols[0], nil)
		if kind == Direct && c == Status && name.target == toBlocked && p.booleans > 0 {
			kind = Inverted
			m.Columns[c].Kind = Inverted
		}
		if kind != Direct || !hasOwnWord(c, p.distinct) {
			m.Values[c] = translate(c, kind, sample.distinct(match.Cols[0]), c == Status && name.grade == hint)
		}
	}
	return m
}

// hasOwnWord says whether one of the values is the template's own, in any
// letter case; then the column speaks the template's language.
func hasOwnWord(c Column, distinct map[string]int) bool {
	for v := range distinct {
		if _, ok := ownWord(c, v); ok {
			return true
		}
	}
	return false
}

func ownWord(c Column, text string) (string, bool) {
	words := account.Roles()
	if c == Status {
		words = []string{account.StatusActive, account.StatusArchived}
	}
	for _, w := range words {
		if strings.EqualFold(w, text) {
			return w, true
		}
	}
	return "", false
}

// translate maps what has one reading. Yes and no have one only under a header
// that asks for it ("Enabled", "Block sign in").
func translate(c Column, kind MatchKind, distinct map[string]int, boolHeader bool) map[string]string {
	values := make(map[string]string)
	if kind == Inverted {
		for _, v := range []string{"yes", "no", "true", "false", "1", "0"} {
			values[v] = translateOne(c, kind, v, boolHeader)
		}
	}
	for v := range distinct {
		if to := translateOne(c, kind, v, boolHeader); to != "" {
			values[valueKey(v)] = to
		}
	}
	if len(values) == 0 {
		return nil
	}
	return values
}

func translateOne(c Column, kind MatchKind, text string, boolHeader bool) string {
	if _, ok := ownWord(c, text); ok && kind != Inverted {
		return ""
	}
	if c == Role {
		if role, certain, ok := RoleOf(text); ok && certain {
			return role
		}
		return ""
	}
	if yes, ok := boolean(text); ok && (kind == Inverted || boolHeader) {
		return account.Status(yes != (kind == Inverted))
	}
	if kind == Inverted {
		return ""
	}
	if status, certain, ok := StatusOf(text); ok && certain {
		return status
	}
	if kind == Split {
		if _, _, ok := RoleOf(text); ok {
			return account.StatusActive
		}
	}
	return ""
}
