package roster

import (
	"sort"
	"strings"
	"sync/atomic"

	"rollcall/internal/account"
)

// Token is one item of a list in a cell.
type Token struct {
	// Text is the item, tidied: no white space around it, no invisible
	// characters.
	Text string
	// Start and End are where the item stands in the cell, in bytes, without
	// the white space around it.
	Start, End int
	// Group is the account's spelling of the group, else Text.
	Group string
	// Known says that the account has the group or the source.
	Known bool
	// Source and Value are the two halves of source:identifier; Source is the
	// account's spelling where it has it, and "" where the item has none.
	Source, Value string
	// Colon is where the colon between the two stands in the cell, -1 without.
	Colon int
}

// SplitGroups cuts a cell of groups at its commas. A group of the account whose
// own name has a comma is recognised, the longest first. Empty items are kept:
// "a,,b" has three.
func SplitGroups(text string, dir *account.Directory) []Token {
	return AppendGroups(nil, text, dir)
}

// AppendGroups is SplitGroups into a slice that is used again.
func AppendGroups(dst []Token, text string, dir *account.Directory) []Token {
	if dir != nil && dir.NoGroups {
		dir = nil
	}
	var names []string
	if dir != nil && strings.IndexByte(text, ',') >= 0 {
		names = commaNames(dir)
	}
	for from := 0; ; {
		end := from + groupLength(text[from:], names)
		dst = append(dst, groupToken(text, from, end, dir))
		if end >= len(text) {
			return dst
		}
		from = end + 1
	}
}

// groupLength is where the item at the beginning of text ends: at the comma
// behind the longest name that has commas itself, else at the first comma.
func groupLength(text string, names []string) int {
	if len(names) > 0 {
		lead := len(text) - len(strings.TrimLeftFunc(text, edgeSpace))
		for _, name := range names {
			if n, ok := hasPrefixFold(text[lead:], name); ok {
				if gap, ends := toComma(text[lead+n:]); ends {
					return lead + n + gap
				}
			}
		}
	}
	if at := strings.IndexByte(text, ','); at >= 0 {
		return at
	}
	return len(text)
}

// hasPrefixFold says whether text begins with name without regard to case, and
// how many bytes of it do.
func hasPrefixFold(text, name string) (n int, ok bool) {
	if len(text) >= len(name) && strings.EqualFold(text[:len(name)], name) {
		return len(name), true
	}
	return 0, false
}

// toComma says whether nothing but white space comes before the next comma or
// the end, and where that is.
func toComma(text string) (at int, ok bool) {
	rest := strings.TrimLeftFunc(text, edgeSpace)
	at = len(text) - len(rest)
	return at, rest == "" || rest[0] == ','
}

func groupToken(text string, from, end int, dir *account.Directory) Token {
	t := Token{Colon: -1}
	t.Start, t.End = trimmed(text, from, end)
	t.Text = Tidy(text[t.Start:t.End])
	t.Group = t.Text
	if dir != nil && t.Text != "" {
		if g, _, ok := dir.Group(t.Text); ok {
			t.Group, t.Known = g.Name, true
		} else if g, _, ok := dir.Group(text[t.Start:t.End]); ok {
			// The account's own name has the stray spaces.
			t.Text, t.Group, t.Known = text[t.Start:t.End], g.Name, true
		}
	}
	return t
}

// trimmed narrows a stretch of text by the white space at both its ends.
func trimmed(text string, from, end int) (int, int) {
	if from < end && text[from] > ' ' && text[from] < 0x7f && text[end-1] > ' ' && text[end-1] < 0x7f {
		return from, end
	}
	head, core, _ := edges(text[from:end])
	if core == "" {
		return from, from
	}
	return from + len(head), from + len(head) + len(core)
}

// commaCache holds the names with commas of the directory used last: one
// directory serves a whole sheet.
var commaCache atomic.Pointer[commaEntry]

type commaEntry struct {
	dir   *account.Directory
	names []string
}

func commaNames(dir *account.Directory) []string {
	if e := commaCache.Load(); e != nil && e.dir == dir {
		return e.names
	}
	e := &commaEntry{dir: dir}
	for _, g := range dir.Groups {
		if strings.IndexByte(g.Name, ',') >= 0 {
			e.names = append(e.names, g.Name)
		}
	}
	sort.SliceStable(e.names, func(i, j int) bool { return len(e.names[i]) > len(e.names[j]) })
	commaCache.Store(e)
	return e.names
}

// SplitSources cuts a cell of source usernames at its commas, and each item at
// its first colon. A piece without a source belongs to the identifier before
// it where only so the two fit the source's pattern: some identifiers have
// commas. Empty items are kept.
func SplitSources(text string, dir *account.Directory) []Token {
	return AppendSources(nil, text, dir)
}

// AppendSources is SplitSources into a slice that is used again.
func AppendSources(dst []Token, text string, dir *account.Directory) []Token {
	if dir != nil && dir.NoSources {
		dir = nil
	}
	first := len(dst)
	for from := 0; ; {
		end := len(text)
		if at := strings.IndexByte(text[from:], ','); at >= 0 {
			end = from + at
		}
		t := sourceToken(text, from, end, dir)
		if n := len(dst); n > first && t.Source == "" && t.Text != "" && (continues(&dst[n-1], text, t.End, dir) || mangledTail(dst[n-1].Value, t.Text)) {
			dst[n-1] = sourceToken(text, dst[n-1].Start, t.End, dir)
		} else {
			dst = append(dst, t)
		}
		if end >= len(text) {
			return dst
		}
		from = end + 1
	}
}

func sourceToken(text string, from, end int, dir *account.Directory) Token {
	t := Token{Colon: -1}
	t.Start, t.End = trimmed(text, from, end)
	raw := text[t.Start:t.End]
	t.Text = Tidy(raw)
	t.Value = t.Text
	at := strings.IndexByte(raw, ':')
	if at < 0 {
		return t
	}
	name := Tidy(raw[:at])
	if name == "" {
		return t
	}
	if dir != nil {
		if src, ok := dir.Source(name); ok {
			t.Known, name = true, src.Name
		} else if fitsSome(t.Text, dir) {
			// "@ann:server.org" is one identifier, and "@ann" no source.
			return t
		}
	}
	t.Source, t.Colon = name, t.Start+at
	t.Value = Tidy(raw[at+1:])
	return t
}

// fitsSome says whether the whole text is an identifier of an enabled source.
func fitsSome(text string, dir *account.Directory) bool {
	for i := range dir.Sources {
		src := &dir.Sources[i]
		if !src.Enabled || src.IdentifierPattern == "" {
			continue
		}
		if p := PatternOf(*src); !anything(p) && p.Match(text) {
			return true
		}
	}
	return false
}

// anything says whether a pattern takes any text, so that fitting it tells
// nothing.
func anything(p *Pattern) bool { return p == nil || p.Match("~: no,thing:~") }

// mangledTail says whether two items are one number that Excel has shortened,
// with a decimal comma: 8,19056E+11.
func mangledTail(before, after string) bool {
	if len(before) != 1 || before[0] < '1' || before[0] > '9' {
		return false
	}
	e := strings.IndexAny(after, "eE")
	if e < 1 || e == len(after)-1 {
		return false
	}
	return strings.Trim(after[:e], "0123456789") == "" && strings.Trim(after[e+1:], "+0123456789") == ""
}

// continues says whether the text up to end is one identifier of the token's
// source while the token alone is not.
func continues(t *Token, text string, end int, dir *account.Directory) bool {
	if dir == nil || !t.Known {
		return false
	}
	src, ok := dir.Source(t.Source)
	if !ok || src.IdentifierPattern == "" {
		return false
	}
	p := PatternOf(src)
	return p != nil && !p.Match(t.Value) && p.Match(Tidy(text[t.Colon+1:end]))
}
