package check

import (
	"hash/maphash"
	"strings"
	"unicode/utf8"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// mark is what is kept of a finding: enough to count, colour and group it. The
// words are made when somebody looks.
type mark struct {
	part    string // shares the cell's memory
	code    uint8  // index in codes
	col     uint8
	sev     Severity
	certain bool
}

// identifier is one source username of the row being checked, for the rules
// across rows.
type identifier struct {
	hash uint64
	part string
}

// checker checks one row at a time. It is for one goroutine. With brief it
// leaves marks only, makes no sentences and looks for no near names.
type checker struct {
	*rules
	brief bool
	// mending makes findings with a certain fix only, all of them, and without
	// their Value and Suggestion, which are as long as the cell each.
	mending  bool
	marks    []mark
	findings []Finding
	col      roster.Column
	text     string
	texts    [roster.NumColumns]string // of the row, while row goes through it

	// apart says that each source has a column of its own, so that identifiers
	// stand at the beginning of their cells.
	apart bool

	// own is the row's e-mail cell: an identifier that belongs to the row's own
	// user is not taken.
	own string

	// The rules across rows are given these.
	emailHash uint64 // 0 where there is no valid address
	ids       []identifier

	// said counts the findings of the cell by rule.
	said [64]uint8

	tokens  []roster.Token
	last    [roster.NumColumns]string // last clean text of a column
	memo    [roster.NumColumns]map[string][]mark
	domains map[string]domainVerdict
	forms   map[string]sourceForm
	alike   map[string]string // groupThatLooks
	called  map[string]calledSource
	// lastSource and lastForm spare the look-up for the usual source.
	lastSource string
	lastForm   sourceForm
	// plainName is the last source that there was nothing to say of, and
	// plainPattern its pattern.
	plainName    string
	plainPattern *roster.Pattern
	domain       string // last clean domain
	domainLower  string
	lower        [320]byte
}

// maxPerCell bounds the findings of one rule in one cell, and suggestBytes their
// suggestions together: a list of thousands of wrong items is as wrong as one of
// fifty, and each finding carries a text as long as the cell.
const (
	maxPerCell   = 50
	suggestBytes = 2 << 20
)

// memoSize bounds a memo: beyond it, values are distinct anyway.
const memoSize = 4096

func newChecker(r *rules, brief bool) *checker {
	c := &checker{rules: r, brief: brief, domains: make(map[string]domainVerdict), forms: make(map[string]sourceForm), alike: make(map[string]string), called: make(map[string]calledSource)}
	for _, col := range []roster.Column{roster.Status, roster.Role, roster.Groups} {
		c.memo[col] = make(map[string][]mark)
	}
	return c
}

// reset begins a new row.
func (c *checker) reset() {
	c.marks, c.findings, c.ids = c.marks[:0], c.findings[:0], c.ids[:0]
	c.emailHash = 0
	clear(c.said[:])
}

// begin begins a row of the view.
func (c *checker) begin(v *roster.View, r sheet.RowID) {
	c.reset()
	c.own = v.Text(r, roster.Email)
	c.apart = v.Mapping().Columns[roster.Sources].Kind == roster.PerSource
}

// row checks all cells of a row. Columns that the file does not have are not
// judged cell by cell: column-missing says it once.
func (c *checker) row(v *roster.View, r sheet.RowID) {
	c.reset()
	v.Fill(r, &c.texts)
	c.own = c.texts[roster.Email]
	c.apart = v.Mapping().Columns[roster.Sources].Kind == roster.PerSource
	for col := roster.Status; col < roster.NumColumns; col++ {
		text := c.texts[col]
		if text == "" && !v.Mapped(col) {
			continue
		}
		c.cell(col, text)
	}
}

// cell checks one cell, as far as that goes without other rows.
func (c *checker) cell(col roster.Column, text string) {
	c.col, c.text = col, text
	if len(c.marks)+len(c.findings) > 0 {
		clear(c.said[:])
	}
	if !c.brief {
		c.judge(col, text)
		return
	}
	switch col {
	case roster.Status:
		if text == account.StatusActive || text == account.StatusArchived {
			return
		}
	case roster.Role:
		if text == account.RoleUser || text == account.RoleAdmin || text == account.RoleSupervisor {
			return
		}
	case roster.Groups:
		if text != "" && text == c.last[col] {
			return
		}
	default:
		c.judge(col, text)
		return
	}
	known, ok := c.memo[col][text]
	if !ok {
		from := len(c.marks)
		c.judge(col, text)
		if len(c.memo[col]) >= memoSize {
			clear(c.memo[col])
		}
		c.memo[col][text] = append([]mark(nil), c.marks[from:]...)
		if len(c.marks) == from {
			c.last[col] = text
		}
		return
	}
	if len(known) == 0 {
		c.last[col] = text
		return
	}
	c.marks = append(c.marks, known...)
}

func (c *checker) judge(col roster.Column, text string) {
	if text == "" || text[0] <= ' ' && roster.Blank(text) || text[0] >= 0x7f && roster.Blank(text) {
		c.blank(col, text)
		return
	}
	switch col {
	case roster.Status:
		c.status(text)
	case roster.Name:
		c.name(text)
	case roster.Email:
		c.email(text)
	case roster.Role:
		c.role(text)
	case roster.Groups:
		c.groups(text)
	case roster.Sources:
		c.sources(text)
	}
}

// add keeps a finding. It returns nil where nobody reads the words: in
// brief, and beyond maxPerCell.
func (c *checker) add(code Code, sev Severity, certain bool, part string) *Finding {
	n := codeIndex[code]
	if c.mending {
		if certain {
			c.findings = append(c.findings, Finding{Column: c.col, Severity: sev, Code: code, Certain: true, Part: part})
			return &c.findings[len(c.findings)-1]
		}
		return nil
	}
	if c.enough(code) {
		return nil
	}
	c.said[n]++
	if c.brief {
		c.marks = append(c.marks, mark{part: part, code: n, col: uint8(c.col), sev: sev, certain: certain})
		return nil
	}
	c.findings = append(c.findings, Finding{
		Column: c.col, Value: c.text, Severity: sev, Code: code, Certain: certain, Part: part,
	})
	return &c.findings[len(c.findings)-1]
}

// enough says that the cell gets no more findings of a rule.
func (c *checker) enough(code Code) bool {
	n := c.said[codeIndex[code]]
	return !c.mending && (n == maxPerCell || n > 5 && int(n)*len(c.text) > suggestBytes)
}

// suggest sets a suggestion for the whole cell.
func (f *Finding) suggest(text string) {
	f.Suggestion, f.HasSuggestion, f.PartFix = text, true, text
}

// suggestPart sets a suggestion that puts fix in place of a piece of the cell.
func (f *Finding) suggestPart(from, to int, fix string) {
	f.from, f.to, f.with, f.piece = from, to, fix, true
	f.HasSuggestion, f.PartFix = true, fix
	if f.Value != "" {
		f.Suggestion = f.Value[:from] + fix + f.Value[to:]
	}
}

// suggestCut suggests that a piece of the cell is taken out; what is left of it,
// elsewhere in the cell, is PartFix.
func (f *Finding) suggestCut(from, to int, left string) {
	f.suggestPart(from, to, "")
	f.PartFix = left
}

// blank is the one finding of a cell that shows nothing.
func (c *checker) blank(col roster.Column, text string) {
	switch col {
	case roster.Status:
		if f := c.add(StatusEmpty, Error, false, ""); f != nil {
			f.Message = "The status is missing: use Active or Archived"
			f.Choices = statuses()
		}
	case roster.Name:
		if f := c.add(NameEmpty, Error, false, ""); f != nil {
			f.Message = "The display name is missing: type the name that others will see"
		}
	case roster.Email:
		if f := c.add(EmailEmpty, Error, false, ""); f != nil {
			f.Message = "The primary email is missing: type the user’s address"
		}
	case roster.Role:
		if f := c.add(RoleEmpty, Error, false, ""); f != nil {
			f.Message = "The role is missing: use User, Admin or Supervisor"
			f.Choices = account.Roles()
		}
	case roster.Groups:
		if f := c.add(GroupsEmpty, Error, false, ""); f != nil {
			f.Message = "No group is given: name the groups, or use none"
			f.suggest(roster.NoGroup)
			f.Choices = append([]string{roster.NoGroup}, c.groupNames...)
		}
	case roster.Sources:
		if text != "" {
			if f := c.add(Spaces, Warning, true, text); f != nil {
				f.Message = "The cell holds only blanks: leave it empty"
				f.suggest("")
			}
		}
	}
}

// words reports white space and invisible characters of a single value and
// returns it tidied.
func (c *checker) words(text string) string {
	if roster.Tidied(text) {
		c.readable(text)
		return text
	}
	stripped, tidy := roster.Strip(text), roster.Tidy(text)
	if stripped != text {
		if f := c.add(Invisible, Warning, true, text); f != nil {
			f.Message = "There is a character in it that nobody sees (" + invisibleName(text) + "): remove it"
			f.suggest(stripped)
		}
	}
	if tidy != stripped {
		if f := c.add(Spaces, Warning, true, text); f != nil {
			f.Message = spacesMessage(stripped)
			f.suggest(tidy)
		}
	}
	c.readable(text)
	return tidy
}

func spacesMessage(text string) string {
	switch {
	case strings.ContainsRune(text, '\u00a0'):
		return "There is a no-break space in the value: remove it or use a plain space"
	case roster.TrimSpace(text) != text:
		return "There are spaces around the value: remove them"
	}
	return "There are two spaces in a row, or an unusual one: use one plain space"
}

// invisibleName names the first character that nobody sees.
func invisibleName(text string) string {
	for _, r := range roster.TrimSpace(text) {
		switch {
		case r == '\t':
			return "a tab"
		case r >= '\n' && r <= '\r':
			return "a line break"
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			return "a control character"
		case r == 0xad:
			return "a soft hyphen"
		case r == 0xfeff:
			return "a byte-order mark"
		case r == 0x200b || r == 0x200c || r == 0x200d || r == 0x2060:
			return "a zero-width character"
		case r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return "a direction mark"
		}
	}
	return "an invisible character"
}

// readable reports characters that were lost before the file came here.
func (c *checker) readable(text string) {
	for i := 0; i < len(text); i++ {
		if text[i] < 0x80 {
			continue
		}
		if strings.ContainsRune(text[i:], utf8.RuneError) {
			if f := c.add(Unreadable, Warning, false, text); f != nil {
				f.Message = "A character was lost when this file was made: type it again"
			}
		}
		return
	}
}

// formula reports a value that a spreadsheet would run.
func (c *checker) formula(text string) {
	if f := c.add(Formula, Warning, false, text); f != nil {
		f.Message = "A spreadsheet would take this for a formula: check that it is meant as text"
	}
}

// runs says whether a spreadsheet would take a value for a formula: it begins,
// blanks aside, with one of = + - @, a tab or a carriage return, or a full-width
// form of those; plain phone numbers do not count.
func runs(text string) bool {
	if text != "" && text[0] > '@' && text[0] < 0x80 {
		return false
	}
	for i, r := range text {
		switch r {
		case '=', '+', '-', '@', '＝', '＋', '－', '＠':
			return !phoneLike(roster.Tidy(text[i:]))
		case '\t', '\r':
			return true
		}
		if r == ' ' || r == '\n' || r != utf8.RuneError && roster.Blank(string(r)) {
			continue
		}
		return false
	}
	return false
}

// phoneLike says whether a text is a plain phone number: a plus, six to
// fifteen digits, and nothing else but what people write between them.
func phoneLike(text string) bool {
	if text == "" || text[0] != '+' {
		return false
	}
	digits := 0
	for i := 1; i < len(text); i++ {
		switch ch := text[i]; {
		case '0' <= ch && ch <= '9':
			digits++
		case ch == ' ' || ch == '(' || ch == ')' || ch == '.' || ch == '-' || ch == '/':
		default:
			return false
		}
	}
	// +1-1-1 is a sum; the digits of a phone number stand in longer runs.
	return digits >= 6 && digits <= 15
}

// seed makes the hashes of this run of the program; nothing can be made to
// collide from outside.
var seed = maphash.MakeSeed()

// hashLower hashes text in lower case. Two of a million different keys share a
// hash once in some forty million files.
func (c *checker) hashLower(text string) uint64 {
	if len(text) > len(c.lower) {
		return nonZero(maphash.String(seed, strings.ToLower(text)))
	}
	for i := 0; i < len(text); i++ {
		c.lower[i] = lowerASCII[text[i]]
	}
	return nonZero(maphash.Bytes(seed, c.lower[:len(text)]))
}

func nonZero(h uint64) uint64 {
	if h == 0 {
		return 1
	}
	return h
}

func statuses() []string { return []string{account.StatusActive, account.StatusArchived} }
