package schema

import (
	"sort"
	"strings"
)

// Op is one PATCH operation (RFC 7644 §3.5.2).
type Op struct {
	// Kind is "add", "remove" or "replace".
	Kind string
	// Path is the target, or "" where there is none.
	Path string
	// Value is nil where none was sent.
	Value any
}

// Apply carries out the operations on the document, which is changed. After
// an error the document holds what the operations before it did: callers who
// want all or nothing apply to a copy.
func (r *Resource) Apply(doc Doc, ops []Op, rules Rules) *Error {
	for _, op := range ops {
		if err := r.apply(doc, op, rules); err != nil {
			return err
		}
	}
	return nil
}

func (r *Resource) apply(doc Doc, op Op, rules Rules) *Error {
	if op.Path == "" {
		return r.applyPathless(doc, op, rules)
	}
	t, err := r.ResolvePath(op.Path)
	if err != nil {
		return err
	}
	if op.Kind != "remove" && op.Value == nil && op.Kind == "add" {
		return Errorf(400, "invalidValue", "An add needs a value.")
	}
	return r.applyTo(doc, t, op, rules)
}

// applyPathless takes the value as a part of a resource. Unknown names are
// passed over, as in a POST.
func (r *Resource) applyPathless(doc Doc, op Op, rules Rules) *Error {
	if op.Kind == "remove" {
		return Errorf(400, "noTarget", "A remove needs a path.")
	}
	value, ok := op.Value.(Doc)
	if !ok {
		return Errorf(400, "invalidValue", "Without a path, the value must be an object.")
	}
	for _, name := range sortedKeys(value) {
		if strings.EqualFold(name, "schemas") {
			continue
		}
		t, err := r.ResolvePath(name)
		if err != nil {
			continue
		}
		if err := r.applyTo(doc, t, Op{Kind: op.Kind, Path: name, Value: value[name]}, rules); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys(d Doc) []string {
	keys := make([]string, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func (r *Resource) applyTo(doc Doc, t Target, op Op, rules Rules) *Error {
	if t.Attr != nil {
		if err := t.writable(doc, op); err != nil || t.Attr.IsReadOnly() {
			return err
		}
	}
	if op.Kind == "replace" && op.Value == nil {
		op.Kind = "remove"
	}
	if t.Attr == nil {
		return r.applyExtension(doc, t, op, rules)
	}
	var err *Error
	switch {
	case t.Where != nil:
		err = t.applyWhere(doc, op, rules)
	case t.Sub != nil:
		err = t.applySub(doc, op, rules)
	case op.Kind == "remove":
		err = t.remove(doc, op, rules)
	case t.Attr.Multi:
		err = t.applyList(doc, op, rules)
	default:
		err = t.applySingle(doc, op, rules)
	}
	if object := t.holder(doc, false); t.Extension != "" && object != nil && len(object) == 0 {
		delete(doc, t.Extension)
	}
	return err
}

// applyExtension merges or removes a whole extension object.
func (r *Resource) applyExtension(doc Doc, t Target, op Op, rules Rules) *Error {
	if op.Kind == "remove" {
		delete(doc, t.Extension)
		return nil
	}
	value, ok := op.Value.(Doc)
	if !ok {
		return Errorf(400, "invalidValue", "%s must be an object.", t.Extension)
	}
	ext := r.Extension(t.Extension)
	for _, name := range sortedKeys(value) {
		attr := Find(ext.Attributes, name)
		if attr == nil {
			continue
		}
		inner := Target{Extension: t.Extension, Attr: attr}
		if err := r.applyTo(doc, inner, Op{Kind: op.Kind, Value: value[name]}, rules); err != nil {
			return err
		}
	}
	return nil
}

// writable refuses writes to read-only attributes, unless they change nothing,
// and changes of immutable ones (RFC 7644 §3.5.2).
func (t Target) writable(doc Doc, op Op) *Error {
	held := t.holder(doc, false)[t.Attr.Name]
	if t.Attr.IsReadOnly() || t.Sub != nil && t.Sub.IsReadOnly() {
		if t.Sub == nil && op.Kind != "remove" && Key(held) == Key(op.Value) {
			return nil
		}
		return Errorf(400, "mutability", "%s is read-only.", op.Path)
	}
	if t.Sub != nil && t.Sub.Mutability == Immutable {
		values, _ := t.values(doc)
		if len(values) > 0 && (op.Kind == "remove" || Key(values[0]) != Key(op.Value)) {
			return Errorf(400, "mutability", "%s cannot be changed once it is set.", op.Path)
		}
	}
	return nil
}

func (t Target) remove(doc Doc, op Op, rules Rules) *Error {
	if t.Attr.Required {
		return Errorf(400, "mutability", "%s is required and cannot be removed.", t.Attr.Name)
	}
	object := t.holder(doc, false)
	if object == nil {
		return nil
	}
	if !t.Attr.Multi || op.Value == nil {
		delete(object, t.Attr.Name)
		return nil
	}
	return t.removeListed(object, op, rules)
}

// removeListed takes away just the values that came with the operation. The
// RFC gives such a value no meaning, and taking all away would lose the rest.
func (t Target) removeListed(object Doc, op Op, rules Rules) *Error {
	wanted, err := t.Attr.normalise(asList(op.Value), rules)
	if err != nil {
		return err
	}
	gone := map[string]bool{}
	list, _ := wanted.([]any)
	for _, v := range list {
		gone[t.Attr.identity(v)] = true
	}
	held, _ := object[t.Attr.Name].([]any)
	kept := make([]any, 0, len(held))
	for _, v := range held {
		if !gone[t.Attr.identity(v)] {
			kept = append(kept, v)
		}
	}
	setList(object, t.Attr.Name, kept)
	return nil
}

func (t Target) applySingle(doc Doc, op Op, rules Rules) *Error {
	value, err := t.Attr.normalise(op.Value, rules)
	if err != nil {
		return err
	}
	if value == nil || value == "" && t.Attr.Required {
		return Errorf(400, "invalidValue", "%s needs a value.", t.Attr.Name)
	}
	object := t.holder(doc, true)
	old, merge := object[t.Attr.Name].(Doc)
	if !merge {
		object[t.Attr.Name] = value
		return nil
	}
	for k, v := range value.(Doc) {
		old[k] = v
	}
	return nil
}

func (t Target) applyList(doc Doc, op Op, rules Rules) *Error {
	value, err := t.Attr.normalise(asList(op.Value), rules)
	if err != nil {
		return err
	}
	added, _ := value.([]any)
	object := t.holder(doc, true)
	if op.Kind == "replace" {
		setList(object, t.Attr.Name, t.Attr.distinct(nil, added, rules))
		return nil
	}
	held, _ := object[t.Attr.Name].([]any)
	if primaryCount(added) > 0 && !rules.KeepPrimaries {
		dropPrimary(held)
	}
	setList(object, t.Attr.Name, t.Attr.distinct(held, added, rules))
	return nil
}

// distinct appends those values that are not there already: adding a value
// twice changes nothing (RFC 7644 §3.5.2.1).
func (a *Attribute) distinct(held, added []any, rules Rules) []any {
	out := append(make([]any, 0, len(held)+len(added)), held...)
	at := make(map[string]int, len(held)+len(added))
	for i, v := range held {
		at[a.identity(v)] = i
	}
	for _, v := range added {
		key := a.identity(v)
		if i, known := at[key]; known && !rules.KeepDuplicates {
			out[i] = merged(out[i], v)
			continue
		}
		at[key] = len(out)
		out = append(out, v)
	}
	return out
}

// merged is the held value with what the new one says besides.
func merged(held, v any) any {
	old, isObject := held.(Doc)
	added, both := v.(Doc)
	if !isObject || !both {
		return v
	}
	out := shallow(old)
	for k, e := range added {
		out[k] = e
	}
	return out
}

// identity is what makes two values of a list the same one: an immutable
// sub-attribute such as a member's id, or else value and type.
func (a *Attribute) identity(v any) string {
	object, ok := v.(Doc)
	if !ok {
		return Key(v)
	}
	value := Find(a.Sub, "value")
	if value == nil {
		return Key(v)
	}
	if value.Mutability == Immutable {
		return Key(object["value"])
	}
	return Key(object["value"]) + "\x00" + Key(object["type"])
}

func (t Target) applySub(doc Doc, op Op, rules Rules) *Error {
	object := t.holder(doc, op.Kind != "remove")
	if t.Attr.Multi {
		list, _ := object[t.Attr.Name].([]any)
		all := make([]int, len(list))
		for i := range list {
			all[i] = i
		}
		return t.applyAt(object, list, all, op, rules)
	}
	inner, ok := object[t.Attr.Name].(Doc)
	if !ok {
		if op.Kind == "remove" {
			return nil
		}
		inner = Doc{}
	}
	if err := t.setSub(inner, op, rules); err != nil {
		return err
	}
	if len(inner) == 0 {
		delete(object, t.Attr.Name)
	} else {
		object[t.Attr.Name] = inner
	}
	return nil
}

func (t Target) applyWhere(doc Doc, op Op, rules Rules) *Error {
	object := t.holder(doc, false)
	list, _ := object[t.Attr.Name].([]any)
	return t.applyAt(object, list, t.selectWhere(doc, t.Where), op, rules)
}

// applyAt changes the values at those positions. None is an error: the path
// then has no target (RFC 7644 §3.5.2.3, table 9).
func (t Target) applyAt(object Doc, list []any, at []int, op Op, rules Rules) *Error {
	if len(at) == 0 {
		return Errorf(400, "noTarget", "The path %q matches no value.", op.Path)
	}
	if op.Kind == "remove" && t.Sub == nil {
		setList(object, t.Attr.Name, without(list, at))
		return nil
	}
	primaries := 0
	for _, i := range at {
		inner, ok := list[i].(Doc)
		if !ok {
			continue
		}
		changed, err := t.changeValue(inner, op, rules)
		if err != nil {
			return err
		}
		if changed["primary"] == true {
			primaries++
		}
		if changed["primary"] == true && inner["primary"] != true && !rules.KeepPrimaries {
			dropPrimary(list)
		}
		list[i] = changed
	}
	if primaries > 1 && !rules.KeepPrimaries {
		return twoPrimaries(t.Attr)
	}
	return nil
}

func (t Target) changeValue(inner Doc, op Op, rules Rules) (Doc, *Error) {
	changed := Clone(inner).(Doc)
	if t.Sub != nil {
		return changed, t.setSub(changed, op, rules)
	}
	value, err := t.Attr.single(op.Value, rules)
	if err != nil {
		return nil, err
	}
	for k, v := range value.(Doc) {
		changed[k] = v
	}
	return changed, nil
}

func (t Target) setSub(inner Doc, op Op, rules Rules) *Error {
	if op.Kind == "remove" {
		if t.Sub.Required {
			return Errorf(400, "mutability", "%s is required and cannot be removed.", op.Path)
		}
		delete(inner, t.Sub.Name)
		return nil
	}
	value, err := t.Sub.normalise(op.Value, rules)
	if err != nil {
		return err
	}
	inner[t.Sub.Name] = value
	return nil
}

func asList(v any) any {
	if _, ok := v.([]any); ok || v == nil {
		return v
	}
	return []any{v}
}

func setList(object Doc, name string, list []any) {
	if len(list) == 0 {
		delete(object, name)
		return
	}
	object[name] = list
}

func dropPrimary(list []any) {
	for _, e := range list {
		if object, ok := e.(Doc); ok && object["primary"] == true {
			object["primary"] = false
		}
	}
}

func without(list []any, at []int) []any {
	gone := make(map[int]bool, len(at))
	for _, i := range at {
		gone[i] = true
	}
	out := make([]any, 0, len(list)-len(at))
	for i, v := range list {
		if !gone[i] {
			out = append(out, v)
		}
	}
	return out
}
