package roster

import (
	"strings"

	"rollcall/internal/account"
)

// Kind is a platform whose identifiers have a form that is known here.
type Kind struct {
	// Name is the usual name of the source, in lower case.
	Name string
	// Noun is what an identifier is called: "a Slack member ID".
	Noun string
	// Example is a valid identifier.
	Example string
	// Pattern is the built-in pattern, in RE2.
	Pattern string
	// Form groups kinds whose identifiers are mended alike.
	Form Form

	names []string // names of the platform itself
	kin   []string // names of what stands so near to it that it may be meant
}

// Form is the form of an identifier.
type Form uint8

// The forms.
const (
	FormOther Form = iota
	FormPhone
	FormMail
	FormSlack
	FormHandle
)

const (
	phonePattern = `^\+[1-9][0-9]{6,14}$`
	// mailPattern is a dot-atom (RFC 5322 section 3.2.3) at a domain, whose
	// letters may be of any script.
	mailPattern = "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*" +
		`@[^\x00-,/:-@\[-` + "`" + `{-\x7f\s.]+(\.[^\x00-,/:-@\[-` + "`" + `{-\x7f\s.]+)+$`
)

// kinds are the platforms; the first name is the usual one.
var kinds = func() []*Kind {
	// Names are separated by commas; behind a bar stand the kin.
	named := func(k Kind, list string) *Kind {
		names, kin, _ := strings.Cut(list, "|")
		k.names = strings.Split(names, ",")
		if kin != "" {
			k.kin = strings.Split(kin, ",")
		}
		k.Name = k.names[0]
		return &k
	}
	phone := func(list string) *Kind {
		return named(Kind{Noun: "a phone number with country code", Example: "+447700900123", Pattern: phonePattern, Form: FormPhone}, list)
	}
	mail := func(list string) *Kind {
		return named(Kind{Noun: "an email address", Example: "ann.lee@example.com", Pattern: mailPattern, Form: FormMail}, list)
	}
	return []*Kind{
		named(Kind{Noun: "a Slack member ID", Example: "U02AB3CD4EF", Pattern: `^[UW][A-Z0-9]{6,}$`, Form: FormSlack}, "slack|slack enterprise grid,slack grid"),
		mail("teams,microsoft teams,ms teams,msteams,office 365 teams,o365 teams"),
		mail("zoom|zoom chat,zoom meetings"),
		mail("zoom phone"),
		mail("email,e mail,mail,smtp|exchange,outlook,gmail,microsoft exchange,office 365,o365"),
		mail("webex,cisco webex|webex teams"),
		mail("google chat,gchat|hangouts,google meet,google workspace"),
		mail("skype for business|lync,sfb"),
		mail("ringcentral"),
		mail("symphony"),
		mail("bloomberg"),
		mail("bloomberg chat"),
		mail("bloomberg mail"),
		mail("refinitiv"),
		mail("lseg messenger"),
		mail("ice chat"),
		phone("whatsapp,whats app|wa,whatsapp business"),
		phone("sms|text,text message,text messages,imessage,mms,rcs"),
		phone("signal"),
		phone("phone,telephone,tel|voice,mobile,mobile phone,cell,cell phone,call,calls"),
		named(Kind{Noun: "a Telegram user name or phone number", Example: "@annlee", Pattern: `^(@?[A-Za-z][A-Za-z0-9_]{4,31}|\+[1-9][0-9]{6,14}|[0-9]{5,12})$`, Form: FormHandle}, "telegram"),
		named(Kind{Noun: "an X handle", Example: "@annlee", Pattern: `^@?[A-Za-z0-9_]{1,15}$`, Form: FormHandle}, "x,twitter"),
		named(Kind{Noun: "a Discord user name or ID", Example: "annlee", Pattern: `^([a-z0-9_.]{2,32}|[0-9]{17,20}|[^@#:]{2,32}#[0-9]{4})$`, Form: FormHandle}, "discord"),
	}
}()

var kindByName = func() map[string]*Kind {
	m := make(map[string]*Kind)
	for _, k := range kinds {
		for _, n := range append(append([]string(nil), k.names...), k.kin...) {
			m[Fold(n)] = k
		}
	}
	return m
}()

// Platforms lists the usual names of the platforms, the everyday words last.
func Platforms() []string {
	var names, everyday []string
	for _, k := range kinds {
		if generic[k.Name] {
			everyday = append(everyday, k.Name)
		} else {
			names = append(names, k.Name)
		}
	}
	return append(names, everyday...)
}

// KindOf is the platform that a source's name stands for, or nil. Words such as
// "ID" and "username" behind it do not count, so that it serves headers too.
func KindOf(name string) *Kind {
	key := Fold(Plain(name))
	if k, ok := kindByName[key]; ok {
		return k
	}
	if k, ok := kindByName[bareSource(key)]; ok {
		return k
	}
	return nil
}

// bareSource is a folded name without the words that say "identifier".
func bareSource(key string) string {
	fields := strings.Fields(key)
	for len(fields) > 1 && idWords[fields[len(fields)-1]] {
		fields = fields[:len(fields)-1]
	}
	return strings.Join(fields, " ")
}

var idWords = map[string]bool{
	"id": true, "ids": true, "user": true, "username": true, "usernames": true, "name": true, "handle": true,
	"identifier": true, "identifiers": true, "account": true, "member": true, "number": true, "upn": true,
	"address": true, "login": true, "userid": true, "s": true, "no": true, "email": true,
}

// Called says how surely a name is a source's.
type Called uint8

// The degrees.
const (
	// NotCalled: the name is no source's.
	NotCalled Called = iota
	// MaybeCalled: it is nearly the source's, or that of something near to it.
	MaybeCalled
	// AlsoCalled: the platform has this name, too.
	AlsoCalled
	// ExactlyCalled: it is the account's own name, but for letter case.
	ExactlyCalled
)

// SourceByAnyName finds a source of the account by its name, its display name
// or another name of the platform.
func SourceByAnyName(name string, dir *account.Directory) (src account.Source, called Called) {
	if src, ok := dir.Source(name); ok {
		return src, ExactlyCalled
	}
	key := Fold(Plain(name))
	if key == "" {
		return account.Source{}, NotCalled
	}
	kind := KindOf(name)
	found := 0
	for _, s := range dir.Sources {
		switch {
		case Fold(s.Name) == key, Fold(s.DisplayName) == key, Fold(s.Name) == bareSource(key):
			return s, surely(name, s)
		case kind != nil && KindOf(s.Name) == kind:
			src = s
			found++
		}
	}
	if found != 1 {
		return account.Source{}, NotCalled
	}
	return src, surely(name, src)
}

// surely says whether a name that was found for a source is spelt as the
// source, its display name or its platform is.
func surely(name string, src account.Source) Called {
	word := spelling(Plain(name))
	if word == spelling(src.Name) || word == spelling(src.DisplayName) {
		return AlsoCalled
	}
	if k := KindOf(src.Name); k != nil && k == KindOf(name) {
		// The account may tell "Zoom Phone" from "Zoom" by names of its own.
		for _, n := range k.names {
			if word == n && isOneOf(spelling(src.Name), k.names) {
				return AlsoCalled
			}
		}
	}
	return MaybeCalled
}

func isOneOf(word string, list []string) bool {
	for _, w := range list {
		if spelling(w) == word {
			return true
		}
	}
	return false
}
