package practice

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"rollcall/internal/practice/schema"
)

// seedDay is when the seeded account came to be, so that a fresh account's
// times do not depend on the day.
const seedDay = "2026-01-05T08:00:00.000Z"

// seed fills a new database: layout, sources and, unless the account is to be
// empty, people and groups. It is one transaction: all of it or nothing.
func (s *Server) seed(ctx context.Context) error {
	return s.store.do(ctx, func(x *tx) error {
		if _, err := s.store.conn.ExecContext(x.ctx, tables); err != nil {
			return fmt.Errorf("lay out the database: %w", err)
		}
		for _, source := range SeedSources() {
			if err := x.run("INSERT INTO sources (id, name, display, enabled, pattern, example, created) VALUES (?,?,?,?,?,?,?)",
				source.ID, source.Name, source.DisplayName, source.Enabled, source.Pattern, source.Example, seedDay); err != nil {
				return err
			}
		}
		if !s.options.Empty {
			if err := s.plant(x); err != nil {
				return err
			}
		}
		return x.run("PRAGMA user_version = " + strconv.Itoa(layout))
	})
}

func (s *Server) plant(x *tx) error {
	q := s.options.Quirks
	groupSeq := map[string]int64{}
	for i, name := range SeedGroups() {
		doc, err := encode(schema.Doc{"displayName": name})
		if err != nil {
			return err
		}
		groupSeq[name] = int64(i + 1)
		if err := x.run("INSERT INTO groups (seq, id, name, key, doc, version, created, modified) VALUES (?,?,?,?,?,1,?,?)",
			i+1, oddly(q, fmt.Sprintf("g%04d", i+1)), name, schema.Fold(name), doc, seedDay, seedDay); err != nil {
			return err
		}
	}
	for i, p := range Seed() {
		seq, id := int64(i+1), oddly(q, fmt.Sprintf("u%05d", i+1))
		doc, err := encode(p.doc())
		if err != nil {
			return err
		}
		if err := x.run("INSERT INTO users (seq, id, name, key, display, doc, version, created, modified) VALUES (?,?,?,?,?,?,1,?,?)",
			seq, id, p.Email, schema.Fold(p.Email), p.DisplayName, doc, seedDay, seedDay); err != nil {
			return err
		}
		if err := x.addIdentifiers(seq, p.Identifiers); err != nil {
			return err
		}
		for _, g := range p.Groups {
			if err := x.run(`INSERT INTO members ("group", user) VALUES (?,?)`, groupSeq[g], seq); err != nil {
				return err
			}
		}
		if p.Email == SeedMe {
			if err := x.run("INSERT INTO facts (name, value) VALUES ('me', ?)", id); err != nil {
				return err
			}
		}
	}
	return nil
}

// doc is the person as a stored resource.
func (p Person) doc() schema.Doc {
	doc := schema.Doc{
		"userName":    p.Email,
		"displayName": p.DisplayName,
		"name":        schema.Doc{"formatted": p.DisplayName, "givenName": p.Given, "familyName": p.Family},
		"emails":      []any{schema.Doc{"value": p.Email, "type": "work", "primary": true}},
		"roles":       []any{schema.Doc{"value": p.Role, "primary": true}},
		"active":      p.Active,
	}
	if len(p.Identifiers) > 0 {
		list := make([]any, len(p.Identifiers))
		for i, id := range p.Identifiers {
			list[i] = schema.Doc{"value": id.Value, "type": id.Source}
		}
		doc[urnRollcall] = schema.Doc{"sourceUsernames": list}
	}
	return doc
}

func (x *tx) sources() ([]knownSource, error) {
	var out []knownSource
	err := x.each("SELECT id, name, display, enabled, pattern, example, created FROM sources ORDER BY seq", func(rows *sql.Rows) error {
		var k knownSource
		err := rows.Scan(&k.ID, &k.Name, &k.DisplayName, &k.Enabled, &k.Pattern, &k.Example, &k.created)
		out = append(out, k)
		return err
	})
	return out, err
}
