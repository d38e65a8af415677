package roster

import (
	"slices"
	"strings"

	"rollcall/internal/account"
)

// Recognise matches the columns of a file to the template's: by header in any
// order, letter case and language, then by headers that are nearly one, then by
// content. A match is certain only for the template's own header and for a true
// synonym without a competitor; everything else is proposed and asked. The
// directory, nil without an account, tells sources and groups.
func Recognise(header []string, sample Sample, dir *account.Directory) Mapping {
	rc := recognition{header: header, sample: sample, dir: dir, width: len(header)}
	rc.look()
	rc.email()
	rc.name()
	rc.simple(Role, toRole)
	rc.status()
	rc.groups()
	rc.sources()
	rc.near()
	rc.content()
	rc.doubts()
	rc.principal()
	rc.yesOrNo()
	rc.products()
	rc.values()
	return rc.finish()
}

type recognition struct {
	header []string
	sample Sample
	dir    *account.Directory
	width  int
	names  []naming
	seen   []profile
	taken  map[int]bool
	m      Mapping
}

func (rc *recognition) look() {
	rc.taken = make(map[int]bool)
	rc.names = make([]naming, rc.width)
	rc.seen = make([]profile, rc.width)
	for col, h := range rc.header {
		rc.names[col] = nameOf(h)
		rc.seen[col] = rc.sample.profile(col, rc.dir)
	}
}

// named lists the columns whose header names the target with at least the
// grade and that are not taken.
func (rc *recognition) named(t target, g grade) (cols []int) {
	for col, n := range rc.names {
		if n.target == t && n.grade >= g && !rc.taken[col] {
			cols = append(cols, col)
		}
	}
	return cols
}

func (rc *recognition) set(c Column, m Match) {
	for _, col := range m.Cols {
		rc.taken[col] = true
	}
	rc.m.Columns[c] = m
}

// direct matches a column to one of several candidates: certain where there is
// only one and its header is good enough.
func (rc *recognition) direct(c Column, cols []int, how string, certain bool) {
	m := Match{Kind: Direct, Cols: cols[:1], How: how, Certain: certain && len(cols) == 1}
	if len(cols) > 1 {
		m.How, m.Others = HowTwice, cols[1:]
	}
	rc.set(c, m)
}

// simple is the rule for a column that is one of the file's: the template's own
// header, else a synonym, else a hint.
func (rc *recognition) simple(c Column, t target) bool {
	if cols := rc.named(t, own); len(cols) > 0 {
		rc.direct(c, cols, HowHeader, true)
		return true
	}
	sure := rc.filled(rc.named(t, synonym))
	cols := rc.named(t, hint)
	cols = slices.DeleteFunc(cols, func(col int) bool { return !rc.plausible(c, col) })
	// A column that is empty from top to bottom is not it where another may be.
	if len(sure) > 0 && (len(cols) == 0 || !rc.emptySample(sure)) {
		rc.direct(c, sure, HowSynonym, true)
		return true
	}
	if len(cols) > 0 {
		rc.direct(c, cols, HowNear, false)
		return true
	}
	return false
}

// filled puts columns that hold something before those that are empty, which
// are left out as soon as there is one that is not.
func (rc *recognition) filled(cols []int) []int {
	if full := rc.filledOnly(cols); len(full) > 0 {
		return full
	}
	return cols
}

// plausible says whether what stands in a column can be what its header hints
// at.
func (rc *recognition) plausible(c Column, col int) bool {
	p := &rc.seen[col]
	if p.filled == 0 {
		return false
	}
	switch c {
	case Email:
		return p.most(p.mails)
	case Name:
		return !p.most(p.mails) && p.spaced*2 >= p.filled
	case Role:
		return p.most(p.roles)
	case Status:
		return p.statuses*2 >= p.filled // "Leave" and "Onboarding" are none
	case Groups:
		return !p.most(p.mails)
	case Sources:
		return p.most(p.id)
	}
	return false
}

func (rc *recognition) email() { rc.simple(Email, toEmail) }

// name prefers a column of whole names; first and last name are joined where
// there is none, or it is empty.
func (rc *recognition) name() {
	firsts, lasts := rc.named(toFirst, synonym), rc.named(toLast, synonym)
	if cols := rc.named(toName, own); len(cols) > 0 && (rc.seen[cols[0]].filled > 0 || len(firsts) == 0 || rc.emptySample(firsts)) {
		rc.direct(Name, cols, HowHeader, true)
		return
	}
	whole := rc.named(toName, synonym)
	// Beside a first name, "Name" is the last name in many a language.
	if len(firsts) > 0 && len(lasts) == 0 {
		for _, col := range rc.surnames(whole) {
			rc.set(Name, Match{Kind: Joined, Cols: []int{firsts[0], col}, How: HowNear})
			return
		}
	}
	empty := rc.emptySample(whole)
	if len(whole) > 0 && !(empty && len(firsts) > 0 && len(lasts) > 0) {
		whole = rc.filled(whole)
		slices.SortStableFunc(whole, func(a, b int) int { return rc.seen[b].spaced - rc.seen[a].spaced })
		rc.direct(Name, whole, HowSynonym, true)
		return
	}
	switch {
	case len(firsts) > 0 && len(lasts) > 0:
		m := Match{Kind: Joined, Cols: []int{firsts[0], lasts[0]}, How: HowSynonym}
		m.Certain = len(firsts) == 1 && len(lasts) == 1 && len(rc.named(toName, synonym)) == 0
		rc.set(Name, m)
	case len(firsts) > 0 || len(lasts) > 0:
		rc.direct(Name, append(firsts, lasts...), HowNear, false)
	case !rc.simple(Name, toName):
		// "User name" is a whole name in some exports and a login in others.
		for _, col := range rc.named(toEmail, hint) {
			if rc.plausible(Name, col) {
				rc.direct(Name, []int{col}, HowNear, false)
				return
			}
		}
	}
}

// surnames are the columns whose header is a bare word for "name".
func (rc *recognition) surnames(cols []int) (bare []int) {
	for _, col := range cols {
		switch Fold(rc.header[col]) {
		case "name", "nom", "naam", "namn", "navn", "nome", "nazwa", "jmeno":
			bare = append(bare, col)
		}
	}
	return bare
}

func (rc *recognition) emptySample(cols []int) bool {
	for _, col := range cols {
		if rc.seen[col].filled > 0 {
			return false
		}
	}
	return true
}

// status also knows columns that say the opposite, and one that serves role and
// status.
func (rc *recognition) status() {
	if len(rc.named(toStatus, synonym)) == 0 {
		if cols := rc.named(toBlocked, synonym); len(cols) > 0 {
			rc.inverted(cols, true)
			return
		}
	}
	if !rc.simple(Status, toStatus) {
		if cols := rc.named(toBlocked, hint); len(cols) > 0 && rc.seen[cols[0]].most(rc.seen[cols[0]].booleans) {
			rc.inverted(cols, false)
		}
		return
	}
	rc.split()
}

func (rc *recognition) inverted(cols []int, certain bool) {
	rc.direct(Status, cols, HowSynonym, certain)
	rc.m.Columns[Status].Kind = Inverted
}

// split recognises roles in the column of the status, as Slack's export has
// them: Member, Admin, Deactivated.
func (rc *recognition) split() {
	m := &rc.m.Columns[Status]
	if rc.m.Columns[Role].Kind != None || len(m.Cols) != 1 || m.How == HowHeader {
		return
	}
	p := &rc.seen[m.Cols[0]]
	roles := 0
	for value, n := range p.distinct {
		if _, certain, ok := RoleOf(value); ok && certain {
			roles += n
		}
	}
	if roles == 0 {
		return
	}
	m.Kind, m.How, m.Certain = Split, HowContent, false
	rc.m.Columns[Role] = Match{Kind: Split, Cols: slices.Clone(m.Cols), How: HowContent}
}

func (rc *recognition) groups() {
	if cols := rc.named(toGroups, own); len(cols) > 0 {
		rc.direct(Groups, cols, HowHeader, true)
		return
	}
	several := rc.named(toGroupN, hint)
	whole := rc.named(toGroups, synonym)
	if len(several) > 0 && len(whole) == 0 {
		certain := true
		for _, col := range several {
			certain = certain && rc.names[col].grade == synonym
		}
		kind := Several
		if len(several) == 1 {
			kind = Direct
		}
		rc.set(Groups, Match{Kind: kind, Cols: several, How: HowSynonym, Certain: certain})
		return
	}
	if !rc.simple(Groups, toGroups) {
		return
	}
	m := &rc.m.Columns[Groups]
	m.Others = append(m.Others, several...)
	m.Certain = m.Certain && len(several) == 0
	rc.confirmGroups(m)
}

// confirmGroups makes a hint certain where all that stands in the column are
// groups of the account, and no other column hints at groups.
func (rc *recognition) confirmGroups(m *Match) {
	if m.How == HowNear && len(m.Others) == 0 {
		p := &rc.seen[m.Cols[0]]
		m.Certain = p.filled > 0 && p.groups == p.filled
	}
}

// near takes headers that are nearly a known one for columns that are still
// without a match.
func (rc *recognition) near() {
	want := map[target]Column{toStatus: Status, toName: Name, toEmail: Email, toRole: Role, toGroups: Groups, toSources: Sources}
	for col, h := range rc.header {
		if rc.taken[col] || rc.names[col].grade != noGrade || Blank(h) {
			continue
		}
		n := nearName(h)
		if c, ok := want[n.target]; ok && rc.m.Columns[c].Kind == None && (rc.seen[col].filled == 0 || c == Name || c == Groups || rc.plausible(c, col)) {
			rc.direct(c, []int{col}, HowNear, false)
		}
	}
}

// content takes columns for what stands in them.
func (rc *recognition) content() {
	for _, c := range []Column{Email, Sources, Status, Role, Groups, Name} {
		if rc.m.Columns[c].Kind != None {
			continue
		}
		if cols := rc.byContent(c); len(cols) > 0 {
			rc.direct(c, cols, HowContent, false)
		}
	}
}

func (rc *recognition) byContent(c Column) (cols []int) {
	for col := range rc.header {
		p := &rc.seen[col]
		if rc.taken[col] || p.filled == 0 || rc.names[col].grade >= synonym && c != Email {
			continue
		}
		fits := false
		switch c {
		case Email:
			fits = p.most(p.mails) && !rc.otherMail(col)
		case Sources:
			fits = p.most(p.id) && !says(rc.header[col], "proxy")
		case Status:
			fits = p.most(p.statuses) && !p.most(p.booleans) && !p.most(p.roles)
		case Role:
			fits = p.most(p.roles) && !p.most(p.booleans) && p.distinct != nil && !says(rc.header[col], "object")
		case Groups:
			fits = p.most(p.groups)
		case Name:
			fits = rc.header[col] == "" && p.most(p.spaced) && !p.most(p.mails) && p.distinct == nil
		}
		if fits {
			cols = append(cols, col)
		}
	}
	return cols
}

// otherMail says whether a header names an address that is not the user's own
// at work.
func (rc *recognition) otherMail(col int) bool {
	key := " " + Fold(splitCamel(rc.header[col])) + " "
	for _, word := range []string{"manager", "secondary", "second", "alternate", "alternative", "recovery", "home", "personal", "private", "privat", "other", "new", "old", "supervisor", "reports", "assistant", "parent", "backup", "proxy", "managed"} {
		if strings.Contains(key, " "+word+" ") || strings.Contains(key, " "+word+"email ") {
			return true
		}
	}
	return false
}

func (rc *recognition) finish() Mapping {
	m := rc.m
	m.settle(rc.width)
	return m
}

// settle computes what follows from the columns: which of the file's are not
// used, and whether there is anything to ask.
func (m *Mapping) settle(width int) {
	m.share()
	used := make(map[int]bool)
	m.Certain = true
	for c := range m.Columns {
		match := &m.Columns[c]
		for _, col := range match.Cols {
			used[col] = true
		}
		switch {
		case match.Kind == None && (Column(c).Needed() || len(match.Others) > 0):
			m.Certain = false
		case match.Kind != None && !match.Certain, len(m.Values[c]) > 0 && match.How != HowChosen:
			m.Certain = false
		}
	}
	m.Unused = nil
	for col := 0; col < width; col++ {
		if !used[col] {
			m.Unused = append(m.Unused, col)
		}
	}
}

// share tells columns that are read alone from those that serve two of the
// template: an edit of one must not change the other.
func (m *Mapping) share() {
	readers := make(map[int]int)
	for c := range m.Columns {
		if match := &m.Columns[c]; match.reads() {
			readers[match.Cols[0]]++
		}
	}
	for c := range m.Columns {
		match := &m.Columns[c]
		switch {
		case !match.reads():
		case readers[match.Cols[0]] > 1:
			match.Kind = Split
		case match.Kind == Split:
			match.Kind = Direct
		}
	}
}

// reads says whether a match reads one column of the file as it is.
func (m *Match) reads() bool {
	return len(m.Cols) == 1 && (m.Kind == Direct || m.Kind == Inverted || m.Kind == Split)
}
