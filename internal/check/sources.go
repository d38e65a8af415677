package check

import (
	"hash/maphash"
	"regexp"
	"strings"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// sources: source:identifier, several separated by commas; may be empty (guide,
// column F).
func (c *checker) sources(text string) {
	if c.plainSource(text) {
		return
	}
	c.listWords(text, c.sourceItems)
	if runs(text) && !c.startsWithIdentifier(text) {
		c.formula(text)
	}
	// A separator that looks like a comma or a colon is read as one below.
	c.tokens = roster.AppendSources(c.tokens[:0], text, c.dir)
	tokens := c.tokens
	c.emptyItems(SourceSeparator, text, tokens)
	from := len(c.ids)
	for i := range tokens {
		t := &tokens[i]
		if t.Text == "" {
			continue
		}
		if isMangled(t.Value) {
			c.mangled(t)
		}
		c.colonSpaces(text, t)
		c.runsApart(t)
		switch {
		case c.separatedSources(text, t):
			continue
		case t.Source == "":
			c.withoutSource(text, t)
			continue
		case !c.source(text, t):
			// What an unknown source's identifiers look like is not known.
		default:
			c.identifier(text, t)
		}
		c.across(text, tokens, i, from)
	}
}

// sourceItems tells where the items of a list of source usernames stand.
func (c *checker) sourceItems(text string) (items []item) {
	for from := 0; ; {
		end := len(text)
		if at := strings.IndexByte(text[from:], ','); at >= 0 {
			end = from + at
		}
		core := roster.TrimSpace(text[from:end])
		start := from + strings.Index(text[from:end], core)
		items = append(items, item{start: start, end: start + len(core), paired: true})
		if end == len(text) {
			return items
		}
		from = end + 1
	}
}

// lookAlike reports a piece of an item that is written with full-width or
// look-alike characters.
func (c *checker) lookAlike(text string, t *roster.Token, from, to int, plain string) {
	if f := c.add(Invisible, Warning, true, t.Text); f != nil {
		f.Message = alikeMessage(text[from:to], plain)
		f.suggestPart(from, to, plain)
	}
}

// runsApart reports an identifier that stands at the beginning of a cell of its
// own and that a spreadsheet would run.
func (c *checker) runsApart(t *roster.Token) {
	if !c.apart || !runs(t.Value) || t.Value == "" {
		return
	}
	if p, _ := c.pattern(t.Source); p != nil && p.Match(t.Value) || handle.MatchString(t.Value) || c.valid(t.Value) {
		return
	}
	c.formula(t.Text)
}

// plainSource is the fast way through: one source:identifier in ASCII, of a
// source that is enabled and spelt as the account does, in its form, and
// nobody's yet.
func (c *checker) plainSource(text string) bool {
	colon := -1
	for i := 0; i < len(text); i++ {
		ch := text[i]
		if plainByte[ch] {
			continue
		}
		if ch != ':' {
			return false
		}
		if colon < 0 {
			colon = i
		}
	}
	if colon < 1 || colon == len(text)-1 || len(text) > len(c.lower) {
		return false
	}
	name, value := text[:colon], text[colon+1:]
	if name != c.plainName && !c.plainSourceName(name) || isMangled(value) {
		return false
	}
	if p := c.plainPattern; p != nil && !p.Match(value) || p == nil && c.apart && runs(value) {
		return false
	}
	hash := c.hashLower(text)
	if _, taken := c.owners[hash]; taken {
		return false
	}
	c.ids = append(c.ids, identifier{hash, text})
	return true
}

// plainByte is what stands in nearly all identifiers, and separates nothing.
var plainByte = func() (t [256]bool) {
	for ch := 0x21; ch < 0x7f; ch++ {
		t[ch] = true
	}
	for _, ch := range []byte(`,;|/:=+-@`) {
		t[ch] = false
	}
	t['-'], t['+'], t['@'] = true, true, true
	return t
}()

// plainSourceName says whether a name is a source's own and there is nothing to
// say of it, and notes its pattern.
func (c *checker) plainSourceName(name string) bool {
	first := name[0]
	if first == '+' || first == '-' || first == '@' {
		return false
	}
	if c.sourcesKnown {
		src, ok := c.dir.Source(name)
		if !ok || src.Name != name || !src.Enabled {
			return false
		}
	}
	c.plainName = name
	c.plainPattern, _ = c.pattern(name)
	return true
}

// mangled is a long number as Excel shows it in a cell that is not text.
var mangled = regexp.MustCompile(`^[+-]?[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$`)

func isMangled(value string) bool {
	if value == "" || value[0] > '9' || !strings.ContainsAny(value, "eE") {
		return false
	}
	return mangled.MatchString(value)
}

// colonSpaces reports spaces around the colon.
func (c *checker) colonSpaces(text string, t *roster.Token) {
	at := t.Colon
	if at < 0 || at+1 >= t.End || !whiteByte(text[at-1]) && !whiteByte(text[at+1]) {
		return
	}
	name, value := roster.TrimSpace(text[t.Start:at]), roster.TrimSpace(text[at+1:t.End])
	around := text[t.Start+len(name):at] + text[at+1:t.End-len(value)]
	broken := strings.ContainsAny(around, "\t\n\v\f\r")
	// Behind a line break another source may begin, and none stand here.
	if f := c.add(Spaces, Warning, !broken || strings.IndexByte(value, ':') < 0, t.Text); f != nil {
		f.Message = "There are spaces around the colon: remove them"
		if broken {
			f.Message = "There is a line break or a tab beside the colon: remove it"
		}
		f.suggestPart(t.Start, t.End, name+":"+value)
	}
}

// whiteByte is a plain space, a tab or a line break.
func whiteByte(ch byte) bool { return ch == ' ' || '\t' <= ch && ch <= '\r' }

func (c *checker) mangled(t *roster.Token) {
	if f := c.add(IdentifierMangled, Error, false, t.Text); f != nil {
		f.Message = "Excel has shortened this number to “" + t.Value + "” and its digits are lost: type the whole number again, in a cell formatted as text"
	}
}

var handle = regexp.MustCompile(`^@[A-Za-z0-9_.]{1,32}$`)

// startsWithIdentifier says whether what comes first is an identifier that may
// begin as a formula does: an address, a handle.
func (c *checker) startsWithIdentifier(text string) bool {
	first, _, _ := strings.Cut(text, ",")
	first = roster.Tidy(first)
	return c.valid(first) || handle.MatchString(first)
}

// source judges the half before the colon, and says whether the identifier can
// be judged.
func (c *checker) source(text string, t *roster.Token) bool {
	end := t.Colon
	start := t.Start
	raw := roster.TrimSpace(text[start:end])
	if !c.sourcesKnown {
		return true
	}
	src, ok := c.dir.Source(t.Source)
	if !ok {
		meant, sure := c.unknownSource(text, t, raw)
		if sure {
			t.Source = meant.Name
		}
		return sure
	}
	if raw != src.Name && strings.EqualFold(raw, src.Name) {
		if f := c.add(SourceCase, Warning, true, raw); f != nil {
			f.Message = "Written “" + raw + "”: the account spells it “" + src.Name + "”"
			f.suggestPart(start, start+len(raw), src.Name)
		}
	}
	if !src.Enabled {
		if f := c.add(SourceDisabled, Error, false, raw); f != nil {
			f.Message = "The source “" + src.Name + "” is switched off in the account: have it enabled there, or remove the identifier"
			f.Choices = c.enabled
		}
	}
	return true
}

// unknownSource reports a name that no source has, and gives the source that
// is meant where that is sure.
func (c *checker) unknownSource(text string, t *roster.Token, raw string) (src account.Source, sure bool) {
	src, called := c.sourceCalled(raw)
	known := called != roster.NotCalled && src.Enabled
	sure = known && called >= roster.AlsoCalled
	if c.enough(SourceUnknown) {
		return src, sure
	}
	if plain := roster.Plain(raw); known && plain != raw {
		c.lookAlike(text, t, t.Start, t.Start+len(raw), plain)
	}
	f := c.add(SourceUnknown, Error, sure, raw)
	if f == nil {
		return src, sure
	}
	near := roster.Nearest(raw, c.enabled, 5)
	f.Choices = c.choicesFrom(near, c.enabled)
	switch {
	case sure:
		f.Message = "The account calls this source “" + src.Name + "”: use that name"
		f.suggestPart(t.Start, t.Start+len(raw), src.Name)
	case known:
		f.Message = "The source “" + raw + "” is not enabled in the account: did you mean “" + src.Name + "”?"
		f.suggestPart(t.Start, t.Start+len(raw), src.Name)
	case len(near) > 0 && slip(raw, near):
		f.Message = "The source “" + raw + "” is not enabled in the account: did you mean “" + near[0] + "”?"
		f.suggestPart(t.Start, t.Start+len(raw), near[0])
	case len(c.enabled) == 0:
		f.Message = "The source “" + raw + "” is not enabled in the account, which has none: remove the identifier"
	default:
		f.Message = "The source “" + raw + "” is not enabled in the account: use " + orList(c.enabled[:min(6, len(c.enabled))])
	}
	return src, sure
}

// sourceCalled is roster.SourceByAnyName, which takes its time.
func (c *checker) sourceCalled(name string) (account.Source, roster.Called) {
	known, ok := c.called[name]
	if !ok {
		known.source, known.called = roster.SourceByAnyName(name, c.dir)
		if len(c.called) >= memoSize {
			clear(c.called)
		}
		c.called[name] = known
	}
	return known.source, known.called
}

// calledSource is a source and how surely a name is its.
type calledSource struct {
	source account.Source
	called roster.Called
}

// withoutSource reports an identifier that has no source, with the sources
// whose form it has.
func (c *checker) withoutSource(text string, t *roster.Token) {
	wide := c.wideColon(text, t)
	if wide {
		name, value, _ := c.otherColon(text, t)
		c.lookAlike(text, t, t.Start, t.End, name+":"+value)
	}
	sure, none := roster.NoneOf(t.Text)
	none = none && len(c.tokens) == 1
	f := c.add(SourceMissing, Error, wide || none && sure, t.Text)
	if f == nil {
		return
	}
	if name, value, ok := c.otherColon(text, t); ok {
		fixed := name + ":" + value
		f.Message = "The source and the identifier are separated by a colon: write “" + fixed + "”"
		f.suggestPart(t.Start, t.End, fixed)
		return
	}
	if none {
		f.Message = "“" + t.Text + "” is not a source username: for none, leave the cell empty"
		f.suggest("")
		return
	}
	fits := c.fitting(t.Text)
	f.Choices = make([]string, len(fits))
	for i, name := range fits {
		f.Choices[i] = name + ":" + c.shaped(name, t.Text)
	}
	switch len(fits) {
	case 0:
		f.Message = "The source of “" + t.Text + "” is missing: write it as source:identifier" + c.exampleSource()
	case 1:
		f.Message = "The source of “" + t.Text + "” is missing: it has the form of “" + fits[0] + "”, so write “" + f.Choices[0] + "”"
		f.suggestPart(t.Start, t.End, f.Choices[0])
	default:
		f.Message = "The source of “" + t.Text + "” is missing: it has the form of " + orList(fits) + ", so put the right one in front"
	}
}

// exampleSource is a source username of the account's, to be shown as one.
func (c *checker) exampleSource() string {
	if !c.sourcesKnown {
		return ", such as slack:U02AB3CD4EF"
	}
	for _, name := range c.enabled {
		if example := c.example(name, roster.KindOf(name)); example != "" {
			return ", such as " + name + ":" + example
		}
	}
	return ""
}

// otherColon reads "slack=U1", "slack U1", "slack - U1" and a wide colon.
func (c *checker) otherColon(text string, t *roster.Token) (name, value string, ok bool) {
	at := strings.IndexAny(t.Text, "：=＝ -–>")
	if at <= 0 {
		return "", "", false
	}
	name = t.Text[:at]
	value = strings.TrimLeft(t.Text[at:], "：=＝ -–>:")
	if value == "" {
		return "", "", false
	}
	if !c.sourcesKnown {
		return name, value, roster.KindOf(name) != nil
	}
	src, called := c.sourceCalled(name)
	return src.Name, value, called != roster.NotCalled
}

// wideColon says whether a full-width colon stands where a plain one should:
// that has one reading.
func (c *checker) wideColon(text string, t *roster.Token) bool {
	if !strings.Contains(t.Text, "：") {
		return false
	}
	_, _, ok := c.otherColon(text, t)
	return ok && !strings.ContainsAny(t.Text, "=＝ -–>")
}

// fitting lists the enabled sources whose identifiers look like the text,
// without an account the platforms known here.
func (c *checker) fitting(text string) (names []string) {
	if !c.sourcesKnown {
		return nil
	}
	for _, name := range c.enabled {
		p := c.patterns[name]
		if p == nil || p.Match("~: no,thing:~") {
			continue
		}
		if p.Match(text) || p.Match(c.shaped(name, text)) {
			names = append(names, name)
		}
	}
	return names
}

// separatedSources reports identifiers that something other than a comma
// separates, and says whether it did.
func (c *checker) separatedSources(text string, t *roster.Token) bool {
	raw := text[t.Start:t.End]
	if !separable(raw) {
		return false
	}
	parts := strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune(separators, r) || r == ' ' })
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		at := strings.IndexByte(p, ':')
		if at < 1 || at == len(p)-1 || !c.isSource(p[:at]) {
			return false
		}
	}
	certain := strings.Trim(separatorsIn(raw), wide) == "" && separatorsIn(raw) != ""
	fixed := strings.Join(parts, ",")
	if strings.ContainsAny(raw, wide) {
		c.wideComma(t, fixed, certain, true)
	}
	if f := c.add(SourceSeparator, Error, certain, t.Text); f != nil {
		f.Message = "Source usernames are separated by commas only: write “" + fixed + "”"
		f.suggestPart(t.Start, t.End, fixed)
	}
	return true
}

// separable is a quick look for anything that could separate.
func separable(text string) bool {
	for i := 0; i < len(text); i++ {
		if ch := text[i]; ch <= ' ' || ch == ';' || ch == '|' || ch == '/' || ch >= 0x80 {
			return true
		}
	}
	return false
}

func (c *checker) isSource(name string) bool {
	if c.sourcesKnown {
		_, ok := c.dir.Source(name)
		return ok
	}
	return roster.KindOf(name) != nil
}

// maxIdentifiers bounds how far back an identifier is looked for in its cell.
const maxIdentifiers = 100

// across notes the identifier for the rules across rows, and reports one that
// the row has twice or that is another user's.
func (c *checker) across(text string, tokens []roster.Token, i, from int) {
	t := &tokens[i]
	if t.Value == "" {
		return
	}
	hash := c.hashIdentifier(t)
	for _, id := range c.ids[max(from, len(c.ids)-maxIdentifiers):] {
		if id.hash == hash {
			if f := c.add(IdentifierRepeated, Warning, true, t.Text); f != nil {
				f.Message = "“" + t.Text + "” is listed twice: once is enough"
				from, to := tokenSpan(tokens, i)
				f.suggestCut(from, to, t.Text)
			}
			return
		}
	}
	c.ids = append(c.ids, identifier{hash, t.Text})
	if owner, taken := c.owners[hash]; taken {
		c.takenBy(t, owner)
	}
}

// hashIdentifier hashes account.Identifier.Key.
func (c *checker) hashIdentifier(t *roster.Token) uint64 {
	n := len(t.Source) + 1 + len(t.Value)
	if n <= len(c.lower) && roster.ASCII(t.Text) && roster.ASCII(t.Source) {
		b := append(append(append(c.lower[:0], t.Source...), ':'), t.Value...)
		for i, ch := range b {
			if 'A' <= ch && ch <= 'Z' {
				b[i] = ch + 'a' - 'A'
			}
		}
		return nonZero(maphash.Bytes(seed, b))
	}
	return nonZero(maphash.String(seed, account.Identifier{Source: t.Source, Value: t.Value}.Key()))
}

// takenBy reports an identifier that belongs to another user of the account,
// unless it is the row's own user's.
func (c *checker) takenBy(t *roster.Token, owner int32) {
	own := account.EmailKey(roster.Tidy(c.own))
	var others []*account.User
	if owner >= 0 {
		others = []*account.User{&c.dir.Users[owner]}
	} else {
		others = c.dir.Owners(account.Identifier{Source: t.Source, Value: t.Value})
	}
	var other *account.User
	for _, u := range others {
		if account.EmailKey(u.Email) == own {
			return
		}
		other = u
	}
	if other == nil {
		return
	}
	if f := c.add(IdentifierTaken, Error, false, t.Text); f != nil {
		f.Message = "“" + t.Text + "” belongs to " + other.Email + " in the account: remove it here, or take it from that user first"
	}
}
