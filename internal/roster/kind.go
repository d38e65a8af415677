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

	names []string // folded names
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
	mailPattern  = `^[^@\s,;<>"]+@[^@\s,;<>".]+(\.[^@\s,;<>".]+)+$`
)

// kinds are the platforms; the first name is the usual one.
var kinds = func() []*Kind {
	phone := func(names string) *Kind {
		return &Kind{Noun: "a phone number with country code", Example: "+447700900123", Pattern: phonePattern, Form: FormPhone, names: strings.Split(names, ",")}
	}
	mail := func(names string) *Kind {
		return &Kind{Noun: "an e-mail address", Example: "ann.lee@example.com", Pattern: mailPattern, Form: FormMail, names: strings.Split(names, ",")}
	}
	list := []*Kind{
		{Noun: "a Slack member ID", Example: "U02AB3CD4EF", Pattern: `^[UW][A-Z0-9]{6,}$`, Form: FormSlack,
			names: strings.Split("slack,slack enterprise grid,slack grid", ",")},
		mail("teams,microsoft teams,ms teams,msteams,office 365 teams,o365 teams"),
		mail("zoom,zoom chat,zoom meetings,zoom phone"),
		mail("email,e mail,mail,exchange,outlook,gmail,microsoft exchange,office 365,o365,smtp"),
		mail("webex,cisco webex,webex teams"),
		mail("google chat,hangouts,google meet,gchat,google workspace"),
		mail("skype for business,lync,sfb"),
		mail("ringcentral,symphony,bloomberg,bloomberg chat,bloomberg mail,refinitiv,lseg messenger,ice chat"),
		phone("whatsapp,whats app,wa,whatsapp business"),
		phone("sms,text,text message,text messages,imessage,mms,rcs"),
		phone("signal"),
		phone("phone,telephone,voice,mobile,mobile phone,cell,cell phone,call,calls,tel"),
		{Noun: "a Telegram user name or phone number", Example: "@annlee", Pattern: `^(@?[A-Za-z][A-Za-z0-9_]{4,31}|\+[1-9][0-9]{6,14}|[0-9]{5,12})$`, Form: FormHandle,
			names: strings.Split("telegram", ",")},
		{Noun: "an X handle", Example: "@annlee", Pattern: `^@?[A-Za-z0-9_]{1,15}$`, Form: FormHandle, names: strings.Split("x,twitter", ",")},
		{Noun: "a Discord user name or ID", Example: "annlee", Pattern: `^([a-z0-9_.]{2,32}|[0-9]{17,20}|[^@#:]{2,32}#[0-9]{4})$`, Form: FormHandle, names: strings.Split("discord", ",")},
	}
	for _, k := range list {
		k.Name = k.names[0]
	}
	return list
}()

var kindByName = func() map[string]*Kind {
	m := make(map[string]*Kind)
	for _, k := range kinds {
		for _, n := range k.names {
			m[Fold(n)] = k
		}
	}
	return m
}()

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

// SourceByAnyName finds a source of the account by its name, its display name
// or another name of the platform; exact says that the name is its own, but for
// letter case.
func SourceByAnyName(name string, dir *account.Directory) (src account.Source, exact, ok bool) {
	if src, ok := dir.Source(name); ok {
		return src, true, true
	}
	key := Fold(Plain(name))
	if key == "" {
		return account.Source{}, false, false
	}
	kind := KindOf(name)
	found := 0
	for _, s := range dir.Sources {
		switch {
		case Fold(s.Name) == key, Fold(s.DisplayName) == key, Fold(s.Name) == bareSource(key):
			return s, false, true
		case kind != nil && KindOf(s.Name) == kind:
			src = s
			found++
		}
	}
	return src, false, found == 1
}
