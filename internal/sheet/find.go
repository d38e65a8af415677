package sheet

import (
	"context"
	"errors"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"

	"rollcall/internal/problem"
)

// Query is what to find.
type Query struct {
	Text string
	// Regexp says that Text is a regular expression (RE2 syntax).
	Regexp bool
	// MatchCase tells capital and small letters apart.
	MatchCase bool
	// WholeCell finds only cells whose whole text matches.
	WholeCell bool
}

// Finder is a Query made ready. It may be used by several goroutines.
type Finder struct {
	query   Query
	re      *regexp.Regexp // nil for plain text with MatchCase
	literal string
	// ascii is a plain text without regard to case, in small letters, where it
	// is all ASCII: cells that are so too need no regular expression.
	ascii string
}

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Compile makes the query ready. It fails for a regular expression that is
// none, with a sentence that says where.
func (q Query) Compile() (*Finder, error) {
	f := &Finder{query: q}
	if !q.Regexp && q.MatchCase {
		f.literal = q.Text
		return f, nil
	}
	pattern := q.Text
	if !q.Regexp {
		pattern = regexp.QuoteMeta(pattern)
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, notAPattern(err)
	}
	if q.WholeCell {
		pattern = `^(?:` + pattern + `)$`
	}
	flags := "(?s"
	if !q.MatchCase {
		flags += "i"
	}
	re, err := regexp.Compile(flags + ")" + pattern)
	if err != nil {
		return nil, notAPattern(err)
	}
	f.re = re
	if !q.Regexp && !q.WholeCell && isASCII(q.Text) {
		f.ascii = strings.ToLower(q.Text)
	}
	return f, nil
}

func notAPattern(err error) error {
	where := ""
	var e *syntax.Error
	if errors.As(err, &e) && e.Expr != "" {
		where = ": look at “" + e.Expr + "”"
	}
	return problem.New("This is not a complete regular expression"+where+". Nothing was searched.", err)
}

// Spans lists the parts of text that match, none for a query without text.
func (f *Finder) Spans(text string) []Span {
	if f.query.Text == "" {
		return nil
	}
	if f.re == nil {
		return f.literals(text)
	}
	if f.ascii != "" && isASCII(text) && indexASCII(text, f.ascii) < 0 {
		return nil
	}
	if !f.re.MatchString(text) {
		return nil
	}
	found := f.re.FindAllStringIndex(text, -1)
	spans := make([]Span, len(found))
	for i, at := range found {
		spans[i] = Span{at[0], at[1]}
	}
	return spans
}

// Match says whether the text matches anywhere.
func (f *Finder) Match(text string) bool {
	switch {
	case f.query.Text == "":
		return false
	case f.ascii != "" && isASCII(text):
		return indexASCII(text, f.ascii) >= 0
	case f.re != nil:
		return f.re.MatchString(text)
	case f.query.WholeCell:
		return text == f.literal
	}
	return strings.Contains(text, f.literal)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// indexASCII finds small in text without regard to case. Both are ASCII, and
// small has no capital letter.
func indexASCII(text, small string) int {
	for i := 0; i+len(small) <= len(text); i++ {
		n := 0
		for n < len(small) && lower(text[i+n]) == small[n] {
			n++
		}
		if n == len(small) {
			return i
		}
	}
	return -1
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func (f *Finder) literals(text string) []Span {
	if f.query.WholeCell {
		if text == f.literal {
			return []Span{{0, len(text)}}
		}
		return nil
	}
	var spans []Span
	for from := 0; ; {
		i := strings.Index(text[from:], f.literal)
		if i < 0 {
			return spans
		}
		from += i
		spans = append(spans, Span{from, from + len(f.literal)})
		from += len(f.literal)
	}
}

// Hit is a cell that matches.
type Hit struct {
	Row   RowID
	Col   int
	Spans []Span
}

// FindAll lists the cells of the rows and columns that match, row by row, and
// counts the matches in them. It stops with ctx's error when that is cancelled.
func FindAll(ctx context.Context, rows []RowID, cols []int, text TextFunc, f *Finder) (hits []Hit, matches int, err error) {
	for i, r := range rows {
		if i%batch == 0 && ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		for _, col := range cols {
			if spans := f.Spans(text(r, col)); len(spans) > 0 {
				hits = append(hits, Hit{r, col, spans})
				matches += len(spans)
			}
		}
	}
	return hits, matches, ctx.Err()
}

// Replacement is what a replace would do to one cell.
type Replacement struct {
	Row      RowID
	Col      int
	Old, New string
	// Matches counts the places in the cell.
	Matches int
}

// Replacer writes something else in the place of what a Finder finds.
type Replacer struct {
	*Finder
	template string
}

// With makes a Replacer. For a regular expression, $1 to $99 in the replacement
// are what its groups matched, $0 the whole match and $$ a dollar sign; other
// dollar signs stay. It fails for a group that the expression does not have.
func (f *Finder) With(replacement string) (*Replacer, error) {
	r := &Replacer{Finder: f, template: replacement}
	if f.re == nil {
		return r, nil
	}
	if !f.query.Regexp {
		r.template = strings.ReplaceAll(replacement, "$", "$$")
		return r, nil
	}
	var b strings.Builder
	for i := 0; i < len(replacement); i++ {
		c := replacement[i]
		if c != '$' {
			b.WriteByte(c)
			continue
		}
		if strings.HasPrefix(replacement[i+1:], "$") {
			b.WriteString("$$")
			i++
			continue
		}
		n := i + 1
		for n < len(replacement) && n < i+3 && '0' <= replacement[n] && replacement[n] <= '9' {
			n++
		}
		if n == i+1 {
			b.WriteString("$$")
			continue
		}
		group, _ := strconv.Atoi(replacement[i+1 : n])
		if group > f.re.NumSubexp() {
			return nil, problem.New("The replacement uses “$"+replacement[i+1:n]+"”, but the expression has "+
				groups(f.re.NumSubexp())+". Write $$ for a dollar sign. Nothing was replaced.", nil)
		}
		b.WriteString("${" + strconv.Itoa(group) + "}")
		i = n - 1
	}
	r.template = b.String()
	return r, nil
}

func groups(n int) string {
	switch n {
	case 0:
		return "no group in round brackets"
	case 1:
		return "only one group"
	}
	return "only " + strconv.Itoa(n) + " groups"
}

// Replace gives the text with every match replaced, and how many there were.
func (r *Replacer) Replace(text string) (string, int) {
	spans := r.Spans(text)
	switch {
	case len(spans) == 0:
		return text, 0
	case r.re != nil:
		return r.re.ReplaceAllString(text, r.template), len(spans)
	}
	var b strings.Builder
	last := 0
	for _, s := range spans {
		b.WriteString(text[last:s.Start])
		b.WriteString(r.template)
		last = s.End
	}
	b.WriteString(text[last:])
	return b.String(), len(spans)
}

// ReplaceAll lists what replacing would change, row by row, and changes
// nothing: it is the preview. Cells that would stay as they are are left out.
func ReplaceAll(ctx context.Context, rows []RowID, cols []int, text TextFunc, r *Replacer) ([]Replacement, error) {
	var list []Replacement
	for i, row := range rows {
		if i%batch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, col := range cols {
			old := text(row, col)
			if now, n := r.Replace(old); n > 0 && now != old {
				list = append(list, Replacement{row, col, old, now, n})
			}
		}
	}
	return list, ctx.Err()
}
