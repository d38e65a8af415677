package check

import (
	"strings"

	"rollcall/internal/roster"
)

// groups: names that exist in the account, separated by commas only; none for
// no group (guide, column E).
func (c *checker) groups(text string) {
	c.listWords(text, c.groupItems)
	c.tokens = roster.AppendGroups(c.tokens[:0], text, c.dir)
	tokens := c.tokens
	if runs(text) {
		c.formula(text)
	}
	named, nones := 0, 0
	for i := range tokens {
		switch {
		case tokens[i].Text == "":
		case isNone(&tokens[i]):
			nones++
		default:
			named++
		}
	}
	if named+nones == 0 {
		c.blank(roster.Groups, text)
		return
	}
	c.emptyItems(GroupSeparator, text, tokens)
	if nones > 0 && named > 0 {
		c.noneMixed(text, tokens)
	}
	for i := range tokens {
		if t := &tokens[i]; t.Text != "" {
			c.group(text, t, len(tokens))
		}
	}
	c.repeated(text, tokens)
}

// groupItems tells where the items of a list of groups stand, and which are
// right as they stand.
func (c *checker) groupItems(text string) (items []item) {
	c.tokens = roster.AppendGroups(c.tokens[:0], text, c.dir)
	for i := range c.tokens {
		t := &c.tokens[i]
		items = append(items, item{start: t.Start, end: t.End, right: t.Known && strings.EqualFold(t.Group, text[t.Start:t.End])})
	}
	return items
}

func (c *checker) isGroup(name string) bool {
	if !c.groupsKnown {
		return false
	}
	_, _, ok := c.dir.Group(name)
	return ok
}

// isNone says whether an item is the guide's none, in any letter case.
func isNone(t *roster.Token) bool {
	return len(t.Text) == 4 && strings.EqualFold(t.Text, roster.NoGroup)
}

const noneBeside = "“none” stands beside a group: remove it, or remove the groups"

func (c *checker) noneMixed(text string, tokens []roster.Token) {
	if f := c.add(GroupNoneMixed, Error, false, text); f != nil {
		f.Message = noneBeside
		var named []string
		for i := range tokens {
			if t := &tokens[i]; t.Text != "" && !isNone(t) {
				named = append(named, text[t.Start:t.End])
			}
		}
		f.suggest(strings.Join(named, ","))
		f.Choices = []string{f.Suggestion, roster.NoGroup}
	}
}

// group judges one item.
func (c *checker) group(text string, t *roster.Token, of int) {
	switch {
	case isNone(t):
		if t.Text != roster.NoGroup {
			c.spelling(t, roster.NoGroup)
		}
	case t.Known && c.dir.GroupTwins(t.Group):
		c.twins(t)
	case t.Spaced:
		c.spaced(text, t)
	case t.Known:
		if t.Group != t.Text {
			c.spelling(t, t.Group)
		}
	case of == 1 && c.noneWord(t):
	case strings.ContainsAny(t.Text, separators) || strings.ContainsAny(text[t.Start:t.End], "\n\r\v\f\t"):
		c.separated(text, t, of)
	case c.groupsKnown:
		c.unknownGroup(t.Text, t.Start, t.End)
	}
}

// twins reports a name that the account has given to several groups.
func (c *checker) twins(t *roster.Token) {
	if f := c.add(GroupUnknown, Error, false, t.Text); f != nil {
		f.Message = "The account has more than one group called “" + t.Group + "”, so it is not known which is meant: rename one of them there"
	}
}

// spaced reports a group whose name has a comma, written with other spaces
// beside it.
func (c *checker) spaced(text string, t *roster.Token) {
	if f := c.add(Spaces, Warning, true, t.Text); f != nil {
		f.Message = "Written “" + t.Text + "”: the account spells it “" + t.Group + "”"
		f.suggestPart(t.Start, t.End, t.Group)
	}
}

func (c *checker) spelling(t *roster.Token, right string) {
	if f := c.add(GroupCase, Warning, true, t.Text); f != nil {
		f.Message = "Written “" + t.Text + "”: the account spells it “" + right + "”"
		if right == roster.NoGroup {
			f.Message = "Written “" + t.Text + "”: use “none”"
		}
		f.suggestPart(t.Start, t.End, right)
	}
}

// noneWord knows other ways to say "no group".
func (c *checker) noneWord(t *roster.Token) bool {
	certain, ok := roster.NoneOf(t.Text)
	if !ok {
		return false
	}
	if f := c.add(GroupUnknown, Error, certain, t.Text); f != nil {
		f.Message = "“" + t.Text + "” is not a group: for no group use none"
		f.suggestPart(t.Start, t.End, roster.NoGroup)
		f.Choices = append([]string{roster.NoGroup}, c.groupNames...)
	}
	return true
}

// unknownGroup reports a name that the account does not have; what looks the
// same letter for letter is certain.
func (c *checker) unknownGroup(name string, from, to int) {
	if c.enough(GroupUnknown) {
		return
	}
	right := c.groupThatLooks(name)
	alike := right != ""
	if alike {
		if f := c.add(Invisible, Warning, true, name); f != nil {
			f.Message = "A letter in it only looks like the account’s: use “" + right + "”"
			f.suggestPart(from, to, right)
		}
	}
	f := c.add(GroupUnknown, Error, alike, name)
	if f == nil {
		return
	}
	if c.mending {
		f.suggestPart(from, to, right)
		return
	}
	near := roster.NearestFolded(name, c.groupNames, c.groupFolds, 5)
	f.Message = "The account has no group “" + name + "”: choose one that it has, or make it there first"
	f.Choices = c.choicesFrom(near, c.groupNames)
	switch {
	case alike:
		f.suggestPart(from, to, right)
		f.Message = "The account spells this group “" + right + "”, with other letters: use its spelling"
	case len(near) == 1 && !slip(name, near):
		f.Message = "The account has no group “" + name + "”: the nearest is “" + near[0] + "”"
	case len(near) > 0 && slip(name, near):
		f.suggestPart(from, to, near[0])
		f.Message = "The account has no group “" + name + "”: did you mean “" + near[0] + "”?"
	case len(near) > 0:
		f.Message = "The account has no group “" + name + "”: the nearest are " + andList(near[:min(3, len(near))])
	}
}

// groupThatLooks is the account's group that looks like a name, "" where there
// is none or more than one.
func (c *checker) groupThatLooks(name string) string {
	right, ok := c.alike[name]
	if !ok {
		right = c.groupLike[likeness(name)]
		if len(c.alike) >= memoSize {
			clear(c.alike)
		}
		c.alike[name] = right
	}
	return right
}

// slip says whether the nearest name is so by letters, and nearer than the
// next: only then is it worth a suggestion.
func slip(name string, near []string) bool {
	key := roster.Fold(name)
	far, ok := roster.Distance(key, roster.Fold(near[0]))
	if !ok || far >= 20 {
		return false
	}
	if len(near) > 1 {
		next, _ := roster.Distance(key, roster.Fold(near[1]))
		return next > far
	}
	return true
}

// choicesFrom lists the near names first and then all others.
func (c *checker) choicesFrom(near, all []string) []string {
	choices := append([]string(nil), near...)
	seen := make(map[string]bool, len(near))
	for _, n := range near {
		seen[n] = true
	}
	for _, n := range all {
		if !seen[n] {
			choices = append(choices, n)
		}
	}
	return choices
}

// separated judges an item in which something other than a comma separates.
func (c *checker) separated(text string, t *roster.Token, of int) {
	parts := c.withoutNone(t, pieces(text[t.Start:t.End]))
	known := 0
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p
		if c.groupsKnown {
			if g, _, ok := c.dir.Group(p); ok {
				names[i] = p
				if g.Name != "" {
					known++
				}
			}
		}
	}
	if c.groupsKnown && known == 0 {
		// A name with a slash of its own, misspelt.
		if near := roster.NearestFolded(t.Text, c.groupNames, c.groupFolds, 2); len(near) > 0 && slip(t.Text, near) && strings.ContainsAny(near[0], separators) {
			c.unknownGroup(t.Text, t.Start, t.End)
			return
		}
	}
	sev := Error
	onlySlash := strings.Trim(separatorsIn(text[t.Start:t.End]), "/") == ""
	if !c.groupsKnown && onlySlash {
		// A group may have a slash in its name; without the account nobody knows.
		sev = Warning
	}
	all := len(parts) > 0 && known == len(parts)
	certain := all && strings.Trim(separatorsIn(text[t.Start:t.End]), wide) == ""
	if strings.ContainsAny(t.Text, wide) {
		c.wideComma(t, strings.Join(names, ","), certain, all)
	}
	if f := c.add(GroupSeparator, sev, certain, t.Text); f != nil {
		f.Message = "Groups are separated by commas only: write “" + strings.Join(names, ",") + "”"
		if all {
			f.suggestPart(t.Start, t.End, strings.Join(names, ","))
		} else if !c.groupsKnown && onlySlash {
			f.Message = "If “/” separates two groups here, use a comma: whether it is part of a name is known only with an account"
		}
	}
	if !c.groupsKnown || all {
		return
	}
	for _, p := range parts {
		if c.enough(GroupUnknown) {
			break
		}
		if c.isGroup(p) || strings.EqualFold(p, roster.NoGroup) {
			continue
		}
		if at := strings.Index(text[t.Start:t.End], p); at >= 0 {
			c.unknownGroup(p, t.Start+at, t.Start+at+len(p))
		} else {
			c.unknownGroup(p, t.Start, t.End)
		}
	}
}

// withoutNone reports a none that stands beside a group, and leaves it out.
func (c *checker) withoutNone(t *roster.Token, parts []string) []string {
	named := make([]string, 0, len(parts))
	for _, p := range parts {
		if !strings.EqualFold(p, roster.NoGroup) {
			named = append(named, p)
		}
	}
	if len(named) == 0 || len(named) == len(parts) {
		return parts
	}
	if f := c.add(GroupNoneMixed, Error, false, t.Text); f != nil {
		f.Message = noneBeside
		f.suggestPart(t.Start, t.End, strings.Join(named, ","))
		f.Choices = []string{f.PartFix, roster.NoGroup}
	}
	return named
}

// separatorsIn is the wrong separators of a text, in order.
func separatorsIn(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(separators, r) {
			return r
		}
		return -1
	}, text)
}

// repeated reports a group that is listed again.
func (c *checker) repeated(text string, tokens []roster.Token) {
	if len(tokens) < 2 {
		return
	}
	seen := make(map[string]bool, min(len(tokens), memoSize))
	for i := range tokens {
		if tokens[i].Text == "" {
			continue
		}
		key := strings.ToLower(tokens[i].Group)
		if !seen[key] {
			seen[key] = true
			continue
		}
		if f := c.add(GroupRepeated, Warning, true, tokens[i].Text); f != nil {
			f.Message = "“" + tokens[i].Text + "” is listed twice: once is enough"
			from, to := tokenSpan(tokens, i)
			f.suggestCut(from, to, tokens[i].Text)
		}
	}
}
