package roster

import "strings"

// enoughToDoubt is how many filled cells it takes to set what stands in a column
// against its header.
const enoughToDoubt = 3

// doubts asks about a column whose header means the template's while nothing
// that stands below it can be meant: a status of "Full-time" and "Part-time", a
// login under "E-mail", the distinguished names of a directory under "memberOf".
// The template's own header is never doubted: what stands there is for the
// checks to judge.
func (rc *recognition) doubts() {
	for c := range rc.m.Columns {
		m := &rc.m.Columns[c]
		if m.Certain && m.How == HowSynonym && len(m.Cols) == 1 && rc.doubtful(Column(c), m.Cols[0]) {
			m.Certain = false
		}
	}
}

func (rc *recognition) doubtful(c Column, col int) bool {
	p := &rc.seen[col]
	if c == Groups {
		return rc.distinguished(col) || rc.level(col)
	}
	if p.filled < enoughToDoubt {
		return false
	}
	switch c {
	case Name:
		return p.most(p.mails)
	case Email:
		return p.mails == 0 && !rc.holds(col, "@")
	case Status:
		return p.statuses == 0 && !rc.nearly(col, NearStatus)
	case Role:
		return p.roles == 0 && !rc.nearly(col, NearRole)
	}
	return false
}

// nearly says whether some value is a slip of the pen for one of the column's.
func (rc *recognition) nearly(col int, near func(string) string) bool {
	for value := range rc.sample.distinct(col) {
		if near(value) != "" {
			return true
		}
	}
	return false
}

// holds says whether some value holds a text.
func (rc *recognition) holds(col int, text string) bool {
	for value := range rc.sample.distinct(col) {
		if strings.Contains(value, text) {
			return true
		}
	}
	return false
}

// distinguished says whether a column holds distinguished names of a directory
// (RFC 4514): their commas do not stand between groups.
func (rc *recognition) distinguished(col int) bool {
	for value := range rc.sample.distinct(col) {
		key := strings.ToLower(value)
		if strings.HasPrefix(key, "cn=") && strings.Contains(key, ",dc=") {
			return true
		}
	}
	return false
}

// level says whether a column headed "Group" is one level of an organisation
// beside others ("Department", "Section", "Group", "Team"), and so may not be
// what the account calls a group. One whose values the account knows is.
func (rc *recognition) level(col int) bool {
	if key := Fold(rc.header[col]); key != "group" && key != "gruppe" {
		return false
	}
	if p := &rc.seen[col]; p.filled > 0 && p.groups == p.filled {
		return false
	}
	return len(rc.filledOnly(rc.named(toGroups, hint))) > 1
}

// filledOnly leaves out the columns that are empty.
func (rc *recognition) filledOnly(cols []int) (full []int) {
	for _, col := range cols {
		if rc.seen[col].filled > 0 {
			full = append(full, col)
		}
	}
	return full
}
