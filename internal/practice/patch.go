package practice

import (
	"net/http"
	"strings"

	"rollcall/internal/practice/schema"
)

// rules are the quirks that reach into the values themselves.
func (c *call) rules(op operation) schema.Rules {
	_, isGroup := op.shelf.(groups)
	return schema.Rules{
		TextBooleans:   c.q().on(ActiveAsText),
		KeepDuplicates: isGroup && c.q().on(MembersDuplicate),
		KeepPrimaries:  c.q().on(RolesAddDuplicates),
	}
}

// patch changes parts of a resource (RFC 7644 §3.5.2), all of them or none.
func (c *call) patch(x *tx, op operation, r *record) (*reply, error) {
	if c.q().on(NoPatch) {
		return nil, schema.Errorf(http.StatusNotImplemented, "", "PATCH is not possible here.")
	}
	ops, err := c.patchOps(op)
	if err != nil {
		return nil, err
	}
	old, err := c.patchable(x, op, r)
	if err != nil {
		return nil, err
	}
	doc := schema.Clone(old).(schema.Doc)
	doc["id"] = r.id // so that an id that is sent back unchanged is no change
	failed := schemaError(op.shelf.kind(c).Apply(doc, ops, c.rules(op)))
	if failed != nil && !c.q().on(PatchNotAtomic) {
		return nil, failed
	}
	delete(doc, "password")
	delete(doc, "id")
	if _, isUser := op.shelf.(users); isUser {
		c.loseWrite(doc, old)
	}
	if differ(doc, old) {
		r.doc = old
		if err := op.shelf.save(c, x, r, doc); err != nil {
			return nil, err
		}
	} else {
		delete(r.doc, "members")
	}
	if failed != nil {
		return c.failure(failed), nil // what was done before the failure is kept
	}
	return c.patched(x, op, r)
}

// differ compares documents; a group of thousands by its number of members
// first.
func differ(a, b schema.Doc) bool {
	members, _ := a["members"].([]any)
	held, _ := b["members"].([]any)
	return len(members) != len(held) || schema.Key(a) != schema.Key(b)
}

func (c *call) patched(x *tx, op operation, r *record) (*reply, error) {
	out, err := c.show(x, op, r, http.StatusOK)
	if err != nil {
		return nil, err
	}
	switch c.q()[PatchAnswer] {
	case "204":
		out.status, out.body = http.StatusNoContent, nil
	case "empty":
		out.body = schema.Doc{}
	}
	return out, nil
}

// patchable is the stored document with its members, shown or not.
func (c *call) patchable(x *tx, op operation, r *record) (schema.Doc, error) {
	if _, isGroup := op.shelf.(groups); !isGroup {
		return r.doc, nil
	}
	doc := schema.Clone(r.doc).(schema.Doc)
	err := x.hold(r)
	if len(r.held) > 0 {
		doc["members"] = c.memberDocs(r.held)
	}
	return doc, err
}

// patchOps reads the operations, and bends them as the quirks want.
func (c *call) patchOps(op operation) ([]schema.Op, error) {
	if err := requireSchema(op.body, urnPatch); err != nil {
		return nil, err
	}
	list, ok := field(op.body, "Operations").([]any)
	if !ok || len(list) == 0 {
		return nil, schema.Errorf(http.StatusBadRequest, "invalidSyntax", "A PATCH needs Operations.")
	}
	var out []schema.Op
	members := 0
	for _, e := range list {
		object, _ := e.(schema.Doc)
		one, keep, err := c.patchOp(op, object)
		if err != nil {
			return nil, err
		}
		if keep {
			out = append(out, one)
			members += memberCount(one)
		}
	}
	if most := c.q().number(MemberLimit, members); members > most {
		return nil, schema.Errorf(http.StatusBadRequest, "invalidValue", "At most %d members can be changed in one request.", most)
	}
	return out, nil
}

// patchOp reads one operation. keep is false for one that is passed over.
//
// The RFC's operations are add, remove and replace; that they come in other
// letter case from well-known clients is taken, as SCIM's names and, unless
// said otherwise, its texts are compared without it.
func (c *call) patchOp(op operation, object schema.Doc) (one schema.Op, keep bool, err error) {
	sent, _ := field(object, "op").(string)
	path, isText := field(object, "path").(string)
	one = schema.Op{Kind: strings.ToLower(sent), Path: strings.TrimSpace(path), Value: field(object, "value")}
	if one.Kind != "add" && one.Kind != "remove" && one.Kind != "replace" {
		return one, false, schema.Errorf(http.StatusBadRequest, "invalidSyntax", "%q is no operation: use add, remove or replace.", sent)
	}
	if field(object, "path") != nil && (!isText || one.Path == "") {
		return one, false, schema.Errorf(http.StatusBadRequest, "invalidPath", "A path must be a text.")
	}
	if one.Kind != sent && c.q().on(CapitalOp) {
		if c.q().is(CapitalOp, "ignored") {
			return one, false, nil
		}
		return one, false, schema.Errorf(http.StatusBadRequest, "invalidSyntax", "%q is no operation: use add, remove or replace.", sent)
	}
	if one.Path == "" && c.q().on(PathlessIgnored) {
		return one, false, nil
	}
	if _, isGroup := op.shelf.(groups); isGroup {
		return c.pathlessMembers(one), true, nil
	}
	return c.patchExtension(one)
}

// pathlessMembers makes an add without path a replace, where the quirk is on.
func (c *call) pathlessMembers(one schema.Op) schema.Op {
	value, _ := one.Value.(schema.Doc)
	if one.Path == "" && one.Kind == "add" && field(value, "members") != nil && c.q().on(PathlessMembersReplace) {
		one.Kind = "replace"
	}
	return one
}

// patchExtension plays what servers do to writes of the extension.
func (c *call) patchExtension(one schema.Op) (schema.Op, bool, error) {
	if one.Path != "" {
		if !underExtension(one.Path) {
			return one, true, nil
		}
		return one, !c.q().is(ExtensionPath, "lost"), c.extensionRefusal(ExtensionPath)
	}
	value, ok := one.Value.(schema.Doc)
	if !ok {
		return one, true, nil
	}
	kept := schema.Doc{}
	for name, v := range value {
		if !underExtension(name) {
			kept[name] = v
			continue
		}
		if err := c.extensionRefusal(ExtensionPathless); err != nil {
			return one, false, err
		}
		if !c.q().is(ExtensionPathless, "lost") {
			kept[name] = v
		}
	}
	one.Value = kept
	return one, true, nil
}

func (c *call) extensionRefusal(form Name) error {
	if c.q().is(Extension, "refused") {
		return unknownExtension()
	}
	if c.q().is(form, "refused") {
		return schema.Errorf(http.StatusBadRequest, "invalidPath", "%s cannot be changed that way.", urnRollcall)
	}
	return nil
}

func underExtension(name string) bool {
	return len(name) >= len(urnRollcall) && strings.EqualFold(name[:len(urnRollcall)], urnRollcall)
}

// memberCount is how many members an operation names.
func memberCount(op schema.Op) int {
	value := op.Value
	if object, ok := value.(schema.Doc); ok && op.Path == "" {
		value = field(object, "members")
	}
	path := strings.ToLower(op.Path)
	switch list, isList := value.([]any); {
	case path != "" && !strings.HasPrefix(path, "members"):
		return 0
	case isList:
		return len(list)
	case value != nil || path != "":
		return 1
	}
	return 0
}
