package practice

import (
	"database/sql"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"rollcall/internal/practice/schema"
)

// users is the shelf of /Users.
type users struct{}

func (users) kind(c *call) *schema.Resource { return c.w.user }

func (users) find(x *tx, id string) (*record, error) {
	return x.record("SELECT "+columns+" FROM users WHERE id = ?", id)
}

func (users) count(x *tx, where condition) (int, error) { return x.countRows("users", where) }

func (users) list(x *tx, where condition, offset, limit int) ([]*record, error) {
	return x.listRows("users", where, offset, limit)
}

// complete adds the groups of each user.
func (users) complete(c *call, x *tx, records []*record, want schema.Projection) error {
	if c.q().on(UserGroupsHidden) || !want.Wants("groups") || len(records) == 0 {
		return nil
	}
	groups := map[int64][]any{}
	one := func(rows *sql.Rows) error {
		var user int64
		var id, name string
		if err := rows.Scan(&user, &id, &name); err != nil {
			return err
		}
		ref := schema.Doc{"value": id, "display": name, "type": "direct"}
		c.refer(ref, "/Groups", id)
		groups[user] = append(groups[user], ref)
		return nil
	}
	const query = `SELECT DISTINCT m.user, g.id, g.name FROM members m JOIN groups g ON g.seq = m."group" WHERE m.user `
	var err error
	if len(records) == 1 {
		err = x.each(query+"= ? ORDER BY g.seq", one, records[0].seq)
	} else {
		err = inChunks(seqsOf(records), func(in string) error { return x.scan(query+"IN "+in+" ORDER BY g.seq", one) })
	}
	for _, r := range records {
		if list := groups[r.seq]; list != nil {
			r.doc["groups"] = list
		}
	}
	return err
}

func (u users) create(c *call, x *tx, doc schema.Doc) (*record, error) {
	if err := c.countCreation(); err != nil {
		return nil, err
	}
	if err := schemaError(c.w.user.Check(doc)); err != nil {
		return nil, err
	}
	if doc["active"] == nil {
		doc["active"] = true
	}
	name, _ := doc["userName"].(string)
	if err := u.checkName(c, x, name, 0); err != nil {
		return nil, err
	}
	if err := u.checkRoles(c, doc); err != nil {
		return nil, err
	}
	ids := identifiersOf(doc)
	if err := u.checkIdentifiers(c, x, ids, nil, 0); err != nil {
		return nil, err
	}
	r := &record{id: c.newID(), doc: doc, version: 1, created: c.stamp(), modified: c.stamp()}
	text, err := encode(doc)
	if err != nil {
		return nil, err
	}
	display, _ := doc["displayName"].(string)
	result, err := x.exec("INSERT INTO users (id, name, key, display, doc, version, created, modified) VALUES (?,?,?,?,?,?,?,?)",
		r.id, name, schema.Fold(name), display, text, r.version, r.created, r.modified)
	if err != nil {
		return nil, err
	}
	if r.seq, err = result.LastInsertId(); err != nil {
		return nil, err
	}
	c.created = append(c.created, schema.Fold(name))
	return r, x.addIdentifiers(r.seq, ids)
}

func (u users) save(c *call, x *tx, r *record, doc schema.Doc) error {
	delete(doc, "groups")
	if err := schemaError(c.w.userKept.Check(doc)); err != nil && !c.q().on(RolesAddDuplicates) {
		return err
	}
	name, _ := doc["userName"].(string)
	if err := u.checkName(c, x, name, r.seq); err != nil {
		return err
	}
	if err := u.checkRoles(c, doc); err != nil {
		return err
	}
	ids, old := identifiersOf(doc), identifiersOf(r.doc)
	if err := u.checkIdentifiers(c, x, ids, old, r.seq); err != nil {
		return err
	}
	text, err := encode(doc)
	if err != nil {
		return err
	}
	display, _ := doc["displayName"].(string)
	r.doc, r.version, r.modified = doc, r.version+1, c.stamp()
	if _, err := x.exec("UPDATE users SET name = ?, key = ?, display = ?, doc = ?, version = ?, modified = ? WHERE seq = ?",
		name, schema.Fold(name), display, text, r.version, r.modified, r.seq); err != nil {
		return err
	}
	if slices.Equal(ids, old) {
		return nil
	}
	return errors.Join(x.run("DELETE FROM identifiers WHERE user = ?", r.seq), x.addIdentifiers(r.seq, ids))
}

// remove deletes the user, who leaves the groups, too.
func (users) remove(c *call, x *tx, r *record) error {
	return errors.Join(
		x.run(`UPDATE groups SET version = version + 1, modified = ? WHERE seq IN (SELECT "group" FROM members WHERE user = ?)`, c.stamp(), r.seq),
		x.run("DELETE FROM members WHERE user = ?", r.seq),
		x.run("DELETE FROM identifiers WHERE user = ?", r.seq),
		x.run("DELETE FROM users WHERE seq = ?", r.seq))
}

// checkName refuses a userName that another user has, whatever its letter case.
func (users) checkName(c *call, x *tx, name string, self int64) error {
	column, value := "key", schema.Fold(name)
	if c.q().on(CaseSensitiveUserName) || c.q().on(TwinsAllowed) {
		column, value = "name", name
	}
	var other int64
	taken, err := x.one("SELECT seq FROM users WHERE key = ? AND "+column+" = ? AND seq <> ?", []any{schema.Fold(name), value, self}, &other)
	if err != nil || !taken {
		return err
	}
	return schema.Errorf(http.StatusConflict, "uniqueness", "A user with the userName %s exists already.", name)
}

func (users) checkRoles(c *call, doc schema.Doc) error {
	list, _ := doc["roles"].([]any)
	for _, e := range list {
		role, _ := e.(schema.Doc)
		value, _ := role["value"].(string)
		known := false
		for _, r := range Roles {
			known = known || r == value
		}
		if !known {
			return schema.Errorf(http.StatusBadRequest, "invalidValue", "%q is not a role: use User, Admin or Supervisor.", value)
		}
	}
	return nil
}

// identifiersOf lists the source usernames in a user's document.
func identifiersOf(doc schema.Doc) []Identifier {
	extension, _ := doc[urnRollcall].(schema.Doc)
	list, _ := extension["sourceUsernames"].([]any)
	var out []Identifier
	for _, e := range list {
		object, _ := e.(schema.Doc)
		value, _ := object["value"].(string)
		source, _ := object["type"].(string)
		out = append(out, Identifier{Source: source, Value: value})
	}
	return out
}

// folded is the identifier as it is compared.
func (i Identifier) folded() Identifier {
	return Identifier{Source: schema.Fold(i.Source), Value: schema.Fold(i.Value)}
}

// checkIdentifiers checks those that the user does not have already: their
// source is known and enabled, they look as the source wants, and they belong
// to nobody else.
func (users) checkIdentifiers(c *call, x *tx, ids, had []Identifier, self int64) error {
	old := map[Identifier]bool{}
	for _, id := range had {
		old[id.folded()] = true
	}
	for _, id := range ids {
		if old[id.folded()] {
			continue
		}
		if err := c.s.checkSource(id); err != nil {
			return err
		}
		var owner int64
		key := id.folded()
		taken, err := x.one("SELECT user FROM identifiers WHERE source = ? AND value = ? AND user <> ?", []any{key.Source, key.Value, self}, &owner)
		if err != nil {
			return err
		}
		if taken {
			return schema.Errorf(http.StatusConflict, "uniqueness", "Source username %s:%s belongs to another user", id.Source, id.Value)
		}
	}
	return nil
}

func (x *tx) addIdentifiers(user int64, ids []Identifier) error {
	for _, id := range ids {
		key := id.folded()
		if err := x.run("INSERT OR IGNORE INTO identifiers (source, value, user) VALUES (?,?,?)", key.Source, key.Value, user); err != nil {
			return err
		}
	}
	return nil
}

// knownSource is a source with its pattern made ready.
type knownSource struct {
	Source
	pattern *regexp.Regexp
	created string
}

func (s *Server) checkSource(id Identifier) error {
	for _, source := range s.sources {
		if !strings.EqualFold(source.Name, id.Source) {
			continue
		}
		if !source.Enabled {
			return schema.Errorf(http.StatusBadRequest, "invalidValue", "The source %s is not enabled in this account.", source.Name)
		}
		if source.pattern != nil && !source.pattern.MatchString(id.Value) {
			return schema.Errorf(http.StatusBadRequest, "invalidValue",
				"%q is not an identifier of %s. It should look like %s.", id.Value, source.Name, source.Example)
		}
		return nil
	}
	return schema.Errorf(http.StatusBadRequest, "invalidValue", "There is no source %q in this account.", id.Source)
}

func (x *tx) run(query string, args ...any) error {
	_, err := x.exec(query, args...)
	return err
}

// schemaError keeps a nil *schema.Error from becoming a non-nil error.
func schemaError(err *schema.Error) error {
	if err == nil {
		return nil
	}
	return err
}
