package practice

import (
	"database/sql"
	"net/http"
	"slices"
	"strings"

	"rollcall/internal/practice/schema"
)

// member is one row of a group's members, with what is shown of the user.
type member struct {
	row         int64 // 0 for one that is not written yet
	user        int64
	id, display string
}

// hold reads the group's members into its record, once, in the order in which
// they were added.
func (x *tx) hold(r *record) error {
	if r.held != nil {
		return nil
	}
	r.held = []member{}
	return x.each(`SELECT m.seq, u.seq, u.id, u.display FROM members m JOIN users u ON u.seq = m.user WHERE m."group" = ? ORDER BY m.seq`,
		func(rows *sql.Rows) error {
			var m member
			err := rows.Scan(&m.row, &m.user, &m.id, &m.display)
			r.held = append(r.held, m)
			return err
		}, r.seq)
}

// memberDocs is the members as clients see them.
func (c *call) memberDocs(list []member) []any {
	out := make([]any, len(list))
	for i, m := range list {
		doc := schema.Doc{"value": m.id, "type": "User"}
		if m.display != "" {
			doc["display"] = m.display
		}
		c.refer(doc, "/Users", m.id)
		out[i] = doc
	}
	return out
}

// wanted looks up the users that a list of members names. Those that the group
// has are known already.
func (c *call) wanted(x *tx, r *record, list []any) ([]member, error) {
	known := make(map[string]member, len(list))
	for _, m := range r.held {
		known[m.id] = member{user: m.user, id: m.id, display: m.display}
	}
	ids := make([]string, len(list))
	var others []string
	for i, e := range list {
		doc, _ := e.(schema.Doc)
		ids[i], _ = doc["value"].(string)
		if _, met := known[ids[i]]; !met {
			others = append(others, ids[i])
		}
	}
	if err := x.findMembers(others, known); err != nil {
		return nil, err
	}
	out := make([]member, 0, len(list))
	seen := make(map[int64]bool, len(list))
	for _, id := range ids {
		m, found := known[id]
		if !found {
			return nil, schema.Errorf(http.StatusBadRequest, "invalidValue", "There is no user with the id %q.", id)
		}
		if seen[m.user] && !c.q().on(MembersDuplicate) {
			continue
		}
		seen[m.user] = true
		out = append(out, m)
	}
	return out, nil
}

// atOnce is how many values one statement takes: members come in thousands.
const atOnce = 100

// findMembers adds the users of those ids to the known ones.
func (x *tx) findMembers(ids []string, known map[string]member) error {
	for part := range slices.Chunk(ids, atOnce) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := x.each("SELECT id, seq, display FROM users WHERE id IN ("+strings.Repeat(",?", len(part))[1:]+")", func(rows *sql.Rows) error {
			var m member
			err := rows.Scan(&m.id, &m.user, &m.display)
			known[m.id] = m
			return err
		}, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// setMembers brings the members of a group to the list; only what differs is
// written. A member listed twice is kept twice only where the quirk says so.
func (x *tx) setMembers(r *record, wanted []member) error {
	if err := x.hold(r); err != nil {
		return err
	}
	left := make(map[int64]int, len(wanted)) // how often a user is wanted
	for _, m := range wanted {
		left[m.user]++
	}
	kept := make([]member, 0, len(wanted))
	for _, m := range r.held {
		if left[m.user] > 0 {
			left[m.user]--
			kept = append(kept, m)
		} else if err := x.run("DELETE FROM members WHERE seq = ?", m.row); err != nil {
			return err
		}
	}
	stays := make(map[int64]int, len(kept))
	for _, m := range kept {
		stays[m.user]++
	}
	had := len(kept)
	for _, m := range wanted {
		if stays[m.user] > 0 {
			stays[m.user]--
		} else {
			kept = append(kept, m)
		}
	}
	r.held = kept
	return x.addMembers(r.seq, kept[had:])
}

// addMembers writes rows of members in their order.
func (x *tx) addMembers(group int64, list []member) error {
	for part := range slices.Chunk(list, atOnce) {
		args := make([]any, 0, 2*len(part))
		for _, m := range part {
			args = append(args, group, m.user)
		}
		if err := x.run(`INSERT INTO members ("group", user) VALUES `+strings.Repeat(",(?,?)", len(part))[1:], args...); err != nil {
			return err
		}
	}
	return nil
}
