package practice

import (
	"errors"
	"net/http"

	"rollcall/internal/practice/schema"
)

// groups is the shelf of /Groups.
type groups struct{}

func (groups) kind(c *call) *schema.Resource { return c.w.group }

func (groups) find(x *tx, id string) (*record, error) {
	return x.record("SELECT "+columns+" FROM groups WHERE id = ?", id)
}

func (groups) count(x *tx, where condition) (int, error) { return x.countRows("groups", where) }

func (groups) list(x *tx, where condition, offset, limit int) ([]*record, error) {
	return x.listRows("groups", where, offset, limit)
}

// complete adds the members of each group.
func (groups) complete(c *call, x *tx, records []*record, want schema.Projection) error {
	if c.q().on(MembersHidden) || !want.Wants("members") {
		return nil
	}
	for _, r := range records {
		if err := x.hold(r); err != nil {
			return err
		}
		if len(r.held) > 0 {
			r.doc["members"] = c.memberDocs(r.held)
		}
	}
	return nil
}

func (g groups) create(c *call, x *tx, doc schema.Doc) (*record, error) {
	name, members, err := g.check(c, x, &record{}, doc)
	if err != nil {
		return nil, err
	}
	r := &record{id: c.newID(), version: 1, created: c.stamp(), modified: c.stamp()}
	result, err := x.exec("INSERT INTO groups (id, name, key, doc, version, created, modified) VALUES (?,'','','{}',0,?,?)", r.id, r.created, r.modified)
	if err != nil {
		return nil, err
	}
	if r.seq, err = result.LastInsertId(); err != nil {
		return nil, err
	}
	r.version = 0
	return r, g.write(c, x, r, doc, name, members)
}

func (g groups) save(c *call, x *tx, r *record, doc schema.Doc) error {
	name, members, err := g.check(c, x, r, doc)
	if err != nil {
		return err
	}
	return g.write(c, x, r, doc, name, members)
}

// check refuses what cannot be kept before anything is written, and gives the
// group's name and its members to be.
func (groups) check(c *call, x *tx, r *record, doc schema.Doc) (name string, members []member, err error) {
	if err := schemaError(c.w.group.Check(doc)); err != nil {
		return "", nil, err
	}
	name, _ = doc["displayName"].(string)
	var other int64
	taken, err := x.one("SELECT seq FROM groups WHERE key = ? AND seq <> ?", []any{schema.Fold(name), r.seq}, &other)
	if err != nil {
		return "", nil, err
	}
	if taken {
		return "", nil, schema.Errorf(http.StatusConflict, "uniqueness", "A group with the name %s exists already.", name)
	}
	list, _ := doc["members"].([]any)
	members, err = c.wanted(x, r, list)
	return name, members, err
}

func (g groups) write(c *call, x *tx, r *record, doc schema.Doc, name string, members []member) error {
	if err := x.setMembers(r, members); err != nil {
		return err
	}
	delete(doc, "members")
	text, err := encode(doc)
	if err != nil {
		return err
	}
	r.doc, r.version, r.modified = doc, r.version+1, c.stamp()
	return x.run("UPDATE groups SET name = ?, key = ?, doc = ?, version = ?, modified = ? WHERE seq = ?",
		name, schema.Fold(name), text, r.version, r.modified, r.seq)
}

func (groups) remove(_ *call, x *tx, r *record) error {
	return errors.Join(
		x.run(`DELETE FROM members WHERE "group" = ?`, r.seq),
		x.run("DELETE FROM groups WHERE seq = ?", r.seq))
}
