package practice

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Name is the name of a quirk or a fault, as its switch is called.
type Name string

// Kind says what a switch takes.
type Kind string

// The kinds of switches.
const (
	// Switch is on or off.
	Switch Kind = "switch"
	// Choice takes one of the quirk's Values.
	Choice Kind = "choice"
	// Number takes a whole number from 1.
	Number Kind = "number"
	// Share takes a part of the requests, 0 to 1.
	Share Kind = "share"
	// Duration takes a time such as 80ms.
	Duration Kind = "duration"
)

// Quirk describes one switch.
type Quirk struct {
	Name Name
	// Help is one line for the list of switches.
	Help string
	Kind Kind
	// Values are those that a Choice takes.
	Values []string
	// Default is the value where the switch stands alone.
	Default string
	// Group is the heading under which it is listed.
	Group string
}

// Setting is a quirk with its value.
type Setting struct {
	Name  Name
	Value string
}

// As is the quirk with that value; "" takes its default.
func (n Name) As(value string) Setting { return Setting{Name: n, Value: value} }

// On is the quirk with its default value.
func (n Name) On() Setting { return n.As("") }

// String writes the setting as ParseSettings reads it.
func (s Setting) String() string {
	q, ok := Lookup(s.Name)
	if ok && q.Kind == Switch {
		return string(s.Name)
	}
	return string(s.Name) + "=" + s.Value
}

// Set holds the quirks that are on, with their values. It is not changed once
// a server has it.
type Set map[Name]string

// On makes a set. It panics on a setting that does not exist, since names and
// values are part of the code then; ParseSettings is for those that people type.
func On(settings ...Setting) Set {
	set := Set{}
	for _, s := range settings {
		if err := set.put(s); err != nil {
			panic(err)
		}
	}
	return set
}

// ParseSettings reads settings such as "page-cap=50" and "no-bulk".
func ParseSettings(texts ...string) (Set, error) {
	set := Set{}
	for _, text := range texts {
		name, value, _ := strings.Cut(strings.TrimSpace(text), "=")
		if err := set.put(Setting{Name: Name(name), Value: value}); err != nil {
			return nil, err
		}
	}
	return set, nil
}

func (s Set) put(setting Setting) error {
	q, ok := Lookup(setting.Name)
	if !ok {
		return fmt.Errorf("there is no switch %q", setting.Name)
	}
	value := setting.Value
	if value == "" {
		value = q.Default
	}
	if q.Kind == Switch && value == "false" {
		delete(s, q.Name)
		return nil
	}
	if err := q.check(value); err != nil {
		return err
	}
	s[q.Name] = value
	return nil
}

func (q Quirk) check(value string) error {
	ok := false
	switch q.Kind {
	case Switch:
		ok = value == "true"
	case Choice:
		for _, v := range q.Values {
			ok = ok || v == value
		}
	case Number:
		n, err := strconv.Atoi(value)
		ok = err == nil && n >= 1
	case Share:
		f, err := strconv.ParseFloat(value, 64)
		ok = err == nil && f >= 0 && f <= 1
	case Duration:
		d, err := time.ParseDuration(value)
		ok = err == nil && d >= 0
	}
	if ok {
		return nil
	}
	return fmt.Errorf("%s takes %s, not %q", q.Name, q.takes(), value)
}

func (q Quirk) takes() string {
	switch q.Kind {
	case Choice:
		return strings.Join(q.Values, " or ")
	case Number:
		return "a whole number from 1"
	case Share:
		return "a share from 0 to 1"
	case Duration:
		return "a time such as 80ms"
	}
	return "no value"
}

// Lookup finds a quirk in the registry.
func Lookup(name Name) (Quirk, bool) {
	for _, q := range Quirks {
		if q.Name == name {
			return q, true
		}
	}
	return Quirk{}, false
}

// String lists the settings in the order of their names.
func (s Set) String() string {
	out := make([]string, 0, len(s))
	for name, value := range s {
		out = append(out, name.As(value).String())
	}
	sort.Strings(out)
	return strings.Join(out, " ")
}

// With is a copy with one setting more; it panics as On does.
func (s Set) With(setting Setting) Set {
	out := s.clone()
	if err := out.put(setting); err != nil {
		panic(err)
	}
	return out
}

func (s Set) clone() Set {
	out := make(Set, len(s)+1)
	for k, v := range s {
		out[k] = v
	}
	return out
}

func (s Set) on(name Name) bool { _, ok := s[name]; return ok }

func (s Set) is(name Name, value string) bool { return s[name] == value }

// number is the value of a Number, or other where the quirk is off.
func (s Set) number(name Name, other int) int {
	if n, err := strconv.Atoi(s[name]); err == nil {
		return n
	}
	return other
}

func (s Set) share(name Name) float64 {
	f, _ := strconv.ParseFloat(s[name], 64)
	return f
}

func (s Set) duration(name Name) time.Duration {
	d, _ := time.ParseDuration(s[name])
	return d
}

// Variants lists every quirk with every value that it can take, faults left
// out: what a client has to survive, one by one.
func Variants() []Setting {
	var out []Setting
	for _, q := range Quirks {
		switch {
		case q.Group == faults:
		case q.Kind == Choice:
			for _, v := range q.Values {
				out = append(out, q.Name.As(v))
			}
		default:
			out = append(out, q.Name.As(q.Default))
		}
	}
	return out
}

// CanMeet tells whether one server can have both: not two values of one quirk,
// and not two of which one leaves nothing for the other to act on.
func CanMeet(a, b Setting) bool {
	if a.Name == b.Name {
		return false
	}
	return !hides(a, b) && !hides(b, a)
}

// hides tells whether a leaves nothing of what b changes.
func hides(a, b Setting) bool {
	for _, hidden := range hidden[a.Name] {
		if hidden == b.Name {
			return true
		}
	}
	return false
}

var hidden = map[Name][]Name{
	NoConfig:    {NullConfig, LyingEtag},
	NoBulk:      {BulkRefused, BulkMax, BulkPayload, BulkStatus, BulkEchoAbsent},
	BulkRefused: {BulkMax, BulkPayload, BulkStatus, BulkEchoAbsent},
	Extension:   {ExtensionPath, ExtensionPathless, ExtensionPutLost},
	FilterIgnored: {OrFilter, LowerCaseOperators, CaseSensitiveUserName, BrokenFilterEverybody,
		FirstClauseOnly, FilterDrops, Filter500},
	FilterDrops:       {Filter500},
	NoPatch:           {CapitalOp, PathlessIgnored, PathlessMembersReplace, MembersDuplicate, ExtensionPath, ExtensionPathless, PatchNotAtomic, PatchAnswer, RolesAddDuplicates, MemberLimit},
	StartIndexIgnored: {Cursor},
	ErrorBody:         {ErrorStatus},
	PathlessIgnored:   {PathlessMembersReplace, ExtensionPathless},
}
