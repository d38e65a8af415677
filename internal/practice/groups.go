package practice

import (
	"database/sql"
	"errors"
	"net/http"
	"slices"
	"strings"

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
		list, err := c.members(x, r.seq)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			r.doc["members"] = list
		}
	}
	return nil
}

func (c *call) members(x *tx, group int64) ([]any, error) {
	var list []any
	err := x.each(`SELECT u.id, u.display FROM members m JOIN users u ON u.seq = m.user WHERE m."group" = ? ORDER BY m.seq`,
		func(rows *sql.Rows) error {
			var id, display string
			if err := rows.Scan(&id, &display); err != nil {
				return err
			}
			member := schema.Doc{"value": id, "type": "User"}
			if display != "" {
				member["display"] = display
			}
			c.refer(member, "/Users", id)
			list = append(list, member)
			return nil
		}, group)
	return list, err
}

func (g groups) create(c *call, x *tx, doc schema.Doc) (*record, error) {
	name, members, err := g.check(c, x, 0, doc)
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
	name, members, err := g.check(c, x, r.seq, doc)
	if err != nil {
		return err
	}
	return g.write(c, x, r, doc, name, members)
}

// check refuses what cannot be kept before anything is written, and gives the
// group's name and its members to be, as the users' seqs.
func (groups) check(c *call, x *tx, self int64, doc schema.Doc) (name string, members []int64, err error) {
	if err := schemaError(c.w.group.Check(doc)); err != nil {
		return "", nil, err
	}
	name, _ = doc["displayName"].(string)
	var other int64
	taken, err := x.one("SELECT seq FROM groups WHERE key = ? AND seq <> ?", []any{schema.Fold(name), self}, &other)
	if err != nil {
		return "", nil, err
	}
	if taken {
		return "", nil, schema.Errorf(http.StatusConflict, "uniqueness", "A group with the name %s exists already.", name)
	}
	list, _ := doc["members"].([]any)
	members, err = c.memberSeqs(x, list)
	return name, members, err
}

func (g groups) write(c *call, x *tx, r *record, doc schema.Doc, name string, members []int64) error {
	if err := g.setMembers(x, r.seq, members); err != nil {
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

// setMembers brings the members of a group to the list; only what differs is
// written. A member listed twice is kept twice only where the quirk says so.
func (groups) setMembers(x *tx, group int64, wanted []int64) error {
	held := map[int64][]int64{}
	err := x.each(`SELECT user, seq FROM members WHERE "group" = ? ORDER BY seq`, func(rows *sql.Rows) error {
		var user, seq int64
		err := rows.Scan(&user, &seq)
		held[user] = append(held[user], seq)
		return err
	}, group)
	if err != nil {
		return err
	}
	var joining []int64
	for _, user := range wanted {
		if rows := held[user]; len(rows) > 0 {
			held[user] = rows[1:]
		} else {
			joining = append(joining, user)
		}
	}
	if err := x.addMembers(group, joining); err != nil {
		return err
	}
	for _, rows := range held {
		for _, seq := range rows {
			if err := x.run("DELETE FROM members WHERE seq = ?", seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// atOnce is how many values one statement takes: members come in thousands.
const atOnce = 100

// addMembers writes rows of members in their order.
func (x *tx) addMembers(group int64, users []int64) error {
	const row = ",(?,?)"
	for part := range slices.Chunk(users, atOnce) {
		args := make([]any, 0, 2*len(part))
		for _, user := range part {
			args = append(args, group, user)
		}
		if err := x.run(`INSERT INTO members ("group", user) VALUES `+strings.Repeat(row, len(part))[1:], args...); err != nil {
			return err
		}
	}
	return nil
}

// userSeqs finds the users of those ids, by id.
func (x *tx) userSeqs(ids []string) (map[string]int64, error) {
	out := make(map[string]int64, len(ids))
	for part := range slices.Chunk(ids, atOnce) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := x.each("SELECT id, seq FROM users WHERE id IN ("+strings.Repeat(",?", len(part))[1:]+")", func(rows *sql.Rows) error {
			var id string
			var seq int64
			err := rows.Scan(&id, &seq)
			out[id] = seq
			return err
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// memberSeqs looks up the users that a list of members names.
func (c *call) memberSeqs(x *tx, members []any) ([]int64, error) {
	ids := make([]string, len(members))
	for i, e := range members {
		member, _ := e.(schema.Doc)
		ids[i], _ = member["value"].(string)
	}
	seqs, err := x.userSeqs(ids)
	if err != nil {
		return nil, err
	}
	out := make([]int64, 0, len(members))
	seen := make(map[int64]bool, len(members))
	for _, id := range ids {
		seq, found := seqs[id]
		if !found {
			return nil, schema.Errorf(http.StatusBadRequest, "invalidValue", "There is no user with the id %q.", id)
		}
		if seen[seq] && !c.q().on(MembersDuplicate) {
			continue
		}
		seen[seq] = true
		out = append(out, seq)
	}
	return out, nil
}
