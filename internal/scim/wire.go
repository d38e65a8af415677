package scim

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"rollcall/internal/account"
)

// The schemas of RFC 7643 and 7644.
const (
	schemaUser   = "urn:ietf:params:scim:schemas:core:2.0:User"
	schemaPatch  = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
	schemaSearch = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
	schemaBulk   = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
	schemaOld    = "urn:scim:schemas:core:1."
	schemaSource = "urn:ietf:params:scim:schemas:rollcall:2.0:Source"
	attrSources  = "sourceUsernames"
)

// parse reads a JSON object or list, nil for anything else. Numbers keep their
// digits: ids may be longer than a float's.
func parse(body []byte) any {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil // something stands behind the value
	}
	switch v.(type) {
	case map[string]any, []any:
		return v
	}
	return nil
}

// resource is a JSON object whose names are compared without case, as RFC
// 7643, 2.1 has it and as servers need it.
type resource map[string]any

func (r resource) get(key string) any {
	if v, ok := r[key]; ok {
		return v
	}
	for k, v := range r {
		if strings.EqualFold(k, key) {
			return v
		}
	}
	return nil
}

func (r resource) has(key string) bool {
	if _, ok := r[key]; ok {
		return true
	}
	for k := range r {
		if strings.EqualFold(k, key) {
			return true
		}
	}
	return false
}

// set replaces a value under the spelling that the object has.
func (r resource) set(key string, v any) {
	for k := range r {
		if k != key && strings.EqualFold(k, key) {
			delete(r, k)
		}
	}
	r[key] = v
}

func (r resource) object(key string) resource {
	m, _ := r.get(key).(map[string]any)
	return m
}

func (r resource) list(key string) []any {
	switch v := r.get(key).(type) {
	case []any:
		return v
	case map[string]any:
		return []any{v}
	}
	return nil
}

func (r resource) text(key string) string { return textOf(r.get(key)) }

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// number reads a whole number, also in quotes or with a fraction; 0 for
// anything else.
func number(text string) int {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && f > -1e15 && f < 1e15 {
		return int(f)
	}
	return 0
}

func (r resource) number(key string) int { return number(r.text(key)) }

// truth reads a boolean as servers write it: true, "True", 1.
func truth(v any) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(textOf(v))) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

func (r resource) yes(key string) bool {
	v, _ := truth(r.get(key))
	return v
}

// user reads a User resource. What the account leaves out stays empty.
func (c *Client) user(r resource) account.User {
	u := account.User{
		ID:          r.text("id"),
		Email:       strings.TrimSpace(r.text("userName")),
		DisplayName: displayName(r),
		Active:      true,
		Role:        role(r.list("roles")),
		Identifiers: c.identifiers(r),
	}
	if !strings.Contains(u.Email, "@") {
		if mail := primary(r.list("emails")); mail != "" {
			u.Email = mail
		}
	}
	if v, ok := truth(r.get("active")); ok {
		u.Active = v
	}
	for _, g := range r.list("groups") {
		if m, ok := g.(map[string]any); ok {
			u.Groups = append(u.Groups, groupName(m))
		}
	}
	u.GroupsHidden = !r.has("groups")
	meta := r.object("meta")
	u.Version = meta.text("version")
	if t, err := time.Parse(time.RFC3339, meta.text("lastModified")); err == nil {
		u.LastModified = t
	}
	return u
}

func groupName(g resource) string {
	if name := g.text("display"); name != "" {
		return name
	}
	return g.text("value")
}

func displayName(r resource) string {
	if name := r.text("displayName"); name != "" {
		return name
	}
	name := r.object("name")
	if full := name.text("formatted"); full != "" {
		return full
	}
	return strings.TrimSpace(name.text("givenName") + " " + name.text("familyName"))
}

// primary is the value of the primary element, else of the first.
func primary(list []any) string {
	first := ""
	for _, e := range list {
		value := ""
		switch e := e.(type) {
		case string:
			value = e
		case map[string]any:
			r := resource(e)
			if value = r.text("value"); value == "" {
				value = r.text("display")
			}
			if r.yes("primary") && value != "" {
				return value
			}
		}
		if first == "" {
			first = value
		}
	}
	return strings.TrimSpace(first)
}

// role is the primary role in the guide's spelling, where it is one of its
// roles.
func role(list []any) string {
	r := primary(list)
	for _, known := range account.Roles() {
		if strings.EqualFold(r, known) {
			return known
		}
	}
	return r
}

func (c *Client) identifiers(r resource) []account.Identifier {
	var out []account.Identifier
	for _, e := range r.object(c.urn).list(attrSources) {
		if m, ok := e.(map[string]any); ok {
			id := account.Identifier{Source: resource(m).text("type"), Value: resource(m).text("value")}
			if id.Value != "" {
				out = append(out, id)
			}
		}
	}
	return out
}

// identifierList is the wire form of identifiers.
func identifierList(ids []account.Identifier) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = map[string]any{"value": id.Value, "type": id.Source}
	}
	return out
}

// newUser is the wire form of a user to be made (account-api, "What maps to
// what").
func (c *Client) newUser(u account.User, withIdentifiers, withNames bool) map[string]any {
	mail := strings.TrimSpace(u.Email)
	schemas := []string{schemaUser}
	name := map[string]any{"formatted": u.DisplayName}
	if withNames {
		name["givenName"], name["familyName"] = splitName(u.DisplayName)
	}
	body := map[string]any{
		"userName":    mail,
		"emails":      []any{map[string]any{"value": mail, "type": "work", "primary": true}},
		"displayName": u.DisplayName,
		"name":        name,
		"active":      u.Active,
	}
	if u.Role != "" {
		body["roles"] = roleList(u.Role)
	}
	if withIdentifiers && len(u.Identifiers) > 0 {
		schemas = append(schemas, c.urn)
		body[c.urn] = map[string]any{attrSources: identifierList(u.Identifiers)}
	}
	body["schemas"] = schemas
	return body
}

func roleList(role string) []any {
	return []any{map[string]any{"value": role, "primary": true}}
}

// splitName makes the two names that some accounts insist on out of a display
// name: "Doe, John" and "John R. Doe" alike. One word is both.
func splitName(full string) (given, family string) {
	full = strings.TrimSpace(full)
	if before, after, ok := strings.Cut(full, ","); ok && strings.TrimSpace(before) != "" && strings.TrimSpace(after) != "" {
		return strings.TrimSpace(after), strings.TrimSpace(before)
	}
	words := strings.Fields(full)
	if len(words) < 2 {
		return full, full
	}
	return strings.Join(words[:len(words)-1], " "), words[len(words)-1]
}

type op struct {
	Op    string `json:"op"`
	Path  string `json:"path,omitempty"`
	Value any    `json:"value,omitempty"`
}

// patch is a PATCH body (RFC 7644, 3.5.2). Operations are lower case: other
// spellings are ignored by some servers.
func patch(ops ...op) map[string]any {
	return map[string]any{"schemas": []string{schemaPatch}, "Operations": ops}
}
