package schema

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"
)

// Rules bend what the RFC says, for servers that do.
type Rules struct {
	// TextBooleans keeps a boolean that was sent as text as that text.
	TextBooleans bool
	// KeepDuplicates lets an added value stand beside its equal.
	KeepDuplicates bool
	// KeepPrimaries leaves the old primary value primary when another comes.
	KeepPrimaries bool
}

// Normalise turns what a client sent as a whole resource (POST, PUT) into a
// document: names spelt as the schema has them, types checked, unassigned and
// unknown attributes left out. Read-only attributes are left out, too, as RFC
// 7644 §3.3 and §3.5.1 ask.
func (r *Resource) Normalise(in Doc, rules Rules) (Doc, *Error) {
	out := Doc{}
	for key, value := range in {
		if ext := r.Extension(key); ext != nil {
			object, err := normaliseExtension(ext, value, rules)
			if err != nil {
				return nil, err
			}
			if len(object) > 0 {
				out[ext.ID] = object
			}
			continue
		}
		attr := r.Attribute(key)
		if attr == nil || attr.IsReadOnly() || attr.Name == "schemas" {
			continue
		}
		v, err := attr.normalise(value, rules)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out[attr.Name] = v
		}
	}
	return out, nil
}

func normaliseExtension(ext *Schema, value any, rules Rules) (Doc, *Error) {
	if value == nil {
		return nil, nil
	}
	in, ok := value.(Doc)
	if !ok {
		return nil, Errorf(400, "invalidValue", "%s must be an object.", ext.ID)
	}
	return normaliseObject(ext.Attributes, in, rules)
}

func normaliseObject(attrs []Attribute, in Doc, rules Rules) (Doc, *Error) {
	out := Doc{}
	for key, value := range in {
		attr := Find(attrs, key)
		if attr == nil || attr.IsReadOnly() {
			continue
		}
		v, err := attr.normalise(value, rules)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out[attr.Name] = v
		}
	}
	return out, nil
}

// normalise checks a value of the attribute; nil means unassigned.
func (a *Attribute) normalise(value any, rules Rules) (any, *Error) {
	if value == nil {
		return nil, nil
	}
	if !a.Multi {
		return a.single(value, rules)
	}
	list, ok := value.([]any)
	if !ok {
		return nil, Errorf(400, "invalidValue", "%s must be a list.", a.Name)
	}
	return a.list(list, rules)
}

func (a *Attribute) list(in []any, rules Rules) (any, *Error) {
	out := make([]any, 0, len(in))
	primaries := 0
	for _, e := range in {
		if e == nil {
			return nil, Errorf(400, "invalidValue", "%s must not hold null.", a.Name)
		}
		v, err := a.single(e, rules)
		if err != nil {
			return nil, err
		}
		if object, ok := v.(Doc); ok {
			if len(object) == 0 {
				continue
			}
			if object["primary"] == true {
				primaries++
			}
		}
		out = append(out, v)
	}
	if primaries > 1 {
		return nil, twoPrimaries(a)
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

func twoPrimaries(a *Attribute) *Error {
	return Errorf(400, "invalidValue", "%s can have one primary value only.", a.Name)
}

// single checks one value, or one element of a list.
func (a *Attribute) single(value any, rules Rules) (any, *Error) {
	if a.Type == Complex {
		return a.complexValue(value, rules)
	}
	if err := a.checkSimple(value, rules); err != nil {
		return nil, err
	}
	return value, nil
}

func (a *Attribute) complexValue(value any, rules Rules) (any, *Error) {
	object, ok := value.(Doc)
	if !ok {
		return nil, Errorf(400, "invalidValue", "%s must be an object.", a.Name)
	}
	out, err := normaliseObject(a.Sub, object, rules)
	if err != nil {
		return nil, err
	}
	for i := range a.Sub {
		sub := &a.Sub[i]
		if sub.Required && out[sub.Name] == nil && len(out) > 0 {
			return nil, Errorf(400, "invalidValue", "%s.%s is required.", a.Name, sub.Name)
		}
	}
	if !a.Multi && len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

func (a *Attribute) checkSimple(value any, rules Rules) *Error {
	ok := false
	switch a.Type {
	case Boolean:
		_, ok = value.(bool)
		if text, isText := value.(string); isText && rules.TextBooleans {
			ok = strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
		}
	case Integer:
		n, isNumber := number(value)
		ok = isNumber && n == math.Trunc(n)
	case Decimal:
		_, ok = number(value)
	case DateTime:
		text, isText := value.(string)
		_, err := time.Parse(time.RFC3339, text)
		ok = isText && err == nil
	case Binary:
		text, isText := value.(string)
		_, err := base64.StdEncoding.DecodeString(text)
		ok = isText && err == nil
	default:
		_, ok = value.(string)
	}
	if ok {
		return nil
	}
	return Errorf(400, "invalidValue", "%s must be a %s.", a.Name, a.Type)
}

func number(value any) (float64, bool) {
	switch v := value.(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	}
	return 0, false
}

// Check reports the first rule of the schema that a whole document breaks: a
// required attribute that is missing, or two primary values.
func (r *Resource) Check(doc Doc) *Error {
	for i := range r.Core.Attributes {
		a := &r.Core.Attributes[i]
		if a.Required && !a.IsReadOnly() && isBlank(doc[a.Name]) {
			return Errorf(400, "invalidValue", "%s is required.", a.Name)
		}
		if err := a.checkRequiredSubs(doc[a.Name]); err != nil {
			return err
		}
		if list, ok := doc[a.Name].([]any); ok && primaryCount(list) > 1 {
			return twoPrimaries(a)
		}
	}
	return nil
}

// checkRequiredSubs matters for single complex attributes that are required
// only in part, as names are on some servers.
func (a *Attribute) checkRequiredSubs(value any) *Error {
	if a.Type != Complex || a.Multi || !a.Required {
		return nil
	}
	object, _ := value.(Doc)
	for i := range a.Sub {
		if a.Sub[i].Required && isBlank(object[a.Sub[i].Name]) {
			return Errorf(400, "invalidValue", "%s.%s is required.", a.Name, a.Sub[i].Name)
		}
	}
	return nil
}

func primaryCount(list []any) int {
	n := 0
	for _, e := range list {
		if object, ok := e.(Doc); ok && object["primary"] == true {
			n++
		}
	}
	return n
}

func isBlank(v any) bool {
	if v == nil {
		return true
	}
	text, ok := v.(string)
	return ok && strings.TrimSpace(text) == ""
}

// Key gives a text that is the same for equal JSON values.
func Key(v any) string {
	switch v := v.(type) {
	case string:
		return "s" + v
	case bool, nil, float64, int, json.Number:
		return fmt.Sprint(v)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%#v", v)
	}
	return string(b)
}
