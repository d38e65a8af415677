package check

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// codes lists every rule in the order of the problems panel, with its title.
var codes = []struct {
	code  Code
	title string
}{
	{ColumnMissing, "Column missing"},
	{RowsTooMany, "Too many rows for one import"},
	{Refused, "Refused by the account"},
	{RoleUnknown, "Role not recognised"},
	{RoleEmpty, "Role missing"},
	{GroupUnknown, "Group doesn’t exist"},
	{GroupSeparator, "Groups not separated by commas"},
	{GroupNoneMixed, "“none” beside a group"},
	{GroupsEmpty, "Groups missing"},
	{StatusUnknown, "Status missing or unknown"},
	{StatusEmpty, "Status missing"},
	{NameEmpty, "Display name missing"},
	{NameTooLong, "Display name too long"},
	{EmailInvalid, "Email isn’t an address"},
	{EmailWrapped, "Email wrapped in other text"},
	{EmailEmpty, "Email missing"},
	{EmailDuplicate, "Same email in two rows"},
	{SourceUnknown, "Source not enabled"},
	{SourceDisabled, "Source switched off"},
	{SourceMissing, "Source missing"},
	{SourceSeparator, "Source usernames not separated by commas"},
	{IdentifierInvalid, "Identifier has the wrong form"},
	{IdentifierMangled, "Number spoilt by Excel"},
	{IdentifierDuplicate, "Same identifier in two rows"},
	{IdentifierTaken, "Identifier belongs to someone else"},
	{EmailDomain, "Email domain looks wrong"},
	{Spaces, "Spaces around the value"},
	{Invisible, "Invisible or look-alike characters"},
	{Unreadable, "Lost characters"},
	{Formula, "Could run as a formula"},
	{StatusCase, "Status differs in capitals"},
	{RoleCase, "Role differs in capitals"},
	{GroupCase, "Group differs in capitals"},
	{GroupRepeated, "Group given twice"},
	{SourceCase, "Source differs in capitals"},
	{IdentifierRepeated, "Identifier given twice"},
}

// codeIndex is the place of a code in codes.
var codeIndex = func() map[Code]uint8 {
	m := make(map[Code]uint8, len(codes))
	for i, c := range codes {
		m[c.code] = uint8(i)
	}
	return m
}()

// Title is the rule's title in the problems panel.
func (c Code) Title() string {
	if i, ok := codeIndex[c]; ok {
		return codes[i].title
	}
	return string(c)
}

// Codes lists every code.
func Codes() []Code {
	list := make([]Code, len(codes))
	for i, c := range codes {
		list[i] = c.code
	}
	return list
}
