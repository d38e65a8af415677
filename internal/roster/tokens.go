package roster

import (
	"slices"
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
	// Spaced says that the account has the group under a name with a comma, and
	// other spaces beside that than the item.
	Spaced bool
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
	var names *commaNames
	if dir != nil && strings.IndexByte(text, ',') >= 0 {
		names = commaNamesOf(dir)
	}
	dst = roomFor(dst, text)
	for from := 0; ; {
		end, name := groupEnd(text, from, names)
		t := groupToken(text, from, end, dir)
		if name != "" && !t.Known {
			t.Group, t.Known, t.Spaced = name, true, true
		}
		dst = append(dst, t)
		if end >= len(text) {
			return dst
		}
		from = end + 1
	}
}

// roomFor makes room for the items of a long list at once.
func roomFor(dst []Token, text string) []Token {
	const long = 1000
	if len(text) < long {
		return dst
	}
	return slices.Grow(dst, strings.Count(text, ",")+1)
}

// groupEnd is where the item that begins at from ends: behind the longest name
// with commas of its own, else at the first comma. A name that is written with
// other spaces beside its commas counts only where the pieces are not all
// groups themselves; it is returned.
func groupEnd(text string, from int, names *commaNames) (end int, spaced string) {
	end = len(text)
	if at := strings.IndexByte(text[from:], ','); at >= 0 {
		end = from + at
	}
	if end == len(text) || names == nil {
		return end, ""
	}
	start, _ := trimmed(text, from, end)
	loose, name := 0, ""
	for _, g := range names.byHead[strings.ToLower(TrimSpace(text[from:end]))] {
		if n, ok := hasPrefixFold(text[start:], g); ok {
			if gap, ends := toComma(text[start+n:]); ends {
				return start + n + gap, ""
			}
		}
		if name != "" {
			continue
		}
		if n, ok := hasPrefixLoose(text[start:], g); ok {
			if gap, ends := toComma(text[start+n:]); ends && !names.allKnown(text[start:start+n]) {
				loose, name = start+n+gap, g
			}
		}
	}
	if name != "" {
		return loose, name
	}
	return end, ""
}

// hasPrefixFold says whether text begins with name without regard to case, and
// how many bytes of it do.
func hasPrefixFold(text, name string) (n int, ok bool) {
	if len(text) >= len(name) && strings.EqualFold(text[:len(name)], name) {
		return len(name), true
	}
	return 0, false
}

// hasPrefixLoose is hasPrefixFold without regard to the spaces beside commas.
func hasPrefixLoose(text, name string) (n int, ok bool) {
	rest := text
	for {
		piece, more, found := strings.Cut(name, ",")
		piece = TrimSpace(piece)
		n, ok := hasPrefixFold(rest, piece)
		if !ok {
			return 0, false
		}
		rest = rest[n:]
		if !found {
			return len(text) - len(rest), true
		}
		rest = strings.TrimLeftFunc(rest, edgeSpace)
		if rest == "" || rest[0] != ',' {
			return 0, false
		}
		rest, name = strings.TrimLeftFunc(rest[1:], edgeSpace), more
	}
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
	names *commaNames
}

// commaNames are the groups of an account whose names have commas.
type commaNames struct {
	dir *account.Directory
	// byHead finds them by what stands before the first comma, in lower case;
	// the longest first.
	byHead map[string][]string
}

func commaNamesOf(dir *account.Directory) *commaNames {
	if e := commaCache.Load(); e != nil && e.dir == dir {
		return e.names
	}
	names := &commaNames{dir: dir, byHead: make(map[string][]string)}
	for _, g := range dir.Groups {
		if head, _, found := strings.Cut(g.Name, ","); found {
			key := strings.ToLower(TrimSpace(head))
			names.byHead[key] = append(names.byHead[key], g.Name)
		}
	}
	for _, list := range names.byHead {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i]) > len(list[j]) })
	}
	commaCache.Store(&commaEntry{dir, names})
	return names
}

// allKnown says whether each piece between commas is a group by itself.
func (n *commaNames) allKnown(text string) bool {
	for _, piece := range strings.Split(text, ",") {
		if _, _, ok := n.dir.Group(Tidy(piece)); !ok {
			return false
		}
	}
	return true
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
	dst = roomFor(dst, text)
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
