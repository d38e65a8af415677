package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
)

// ImportInfo is an import as the history shows it.
type ImportInfo struct {
	ImportHead
	// Ended is zero while it was not ended: under way, or killed.
	Ended time.Time `json:"ended,omitzero"`
	// Complete says that nothing is left to resume.
	Complete bool `json:"complete"`
	// Busy says that a running program is carrying it out now.
	Busy bool `json:"busy,omitempty"`
	// Rows is how many users it was to add or update; Done how many have an
	// outcome, Begun how many were begun.
	Rows    int             `json:"rows"`
	Done    int             `json:"done"`
	Started int             `json:"started"`
	Summary json.RawMessage `json:"summary,omitempty"`
	// UndoneBy is the ID of the latest import that takes this one back.
	UndoneBy string `json:"undoneBy,omitempty"`
}

const selectImports = `SELECT i.id, i.profile, i.account, i.path, i.file_hash, i.undoes, i.meta, i.begun, i.ended, i.complete, i.rows, i.summary,
	(SELECT count(*) FROM records r WHERE r.import = i.id),
	(SELECT count(outcome) FROM records r WHERE r.import = i.id),
	coalesce((SELECT u.id FROM imports u WHERE u.undoes = i.id ORDER BY u.begun DESC LIMIT 1), '')
	FROM imports i `

func (s *Store) selectImports(ctx context.Context, where string, args ...any) ([]ImportInfo, error) {
	db, _, err := s.imports.open(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, selectImports+where+" ORDER BY i.begun DESC, i.rowid DESC", args...)
	if err != nil {
		return nil, cannotJournal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []ImportInfo
	for rows.Next() {
		var i ImportInfo
		var meta, summary string
		var begun, ended int64
		err := rows.Scan(&i.ID, &i.Profile, &i.Account, &i.Path, &i.FileHash, &i.Undoes, &meta, &begun, &ended,
			&i.Complete, &i.Rows, &summary, &i.Started, &i.Done, &i.UndoneBy)
		if err != nil {
			return nil, cannotJournal(err)
		}
		i.Begun, i.Ended = instant(begun), instant(ended)
		i.Meta, i.Summary = rawJSON(meta), rawJSON(summary)
		list = append(list, i)
	}
	if err := rows.Err(); err != nil {
		return nil, cannotJournal(err)
	}
	for i := range list {
		list[i].Busy = !list[i].Complete && s.busy(list[i].ID)
	}
	return list, nil
}

func rawJSON(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

// Imports lists the imports into an account, the latest first; those into every
// account for "".
func (s *Store) Imports(ctx context.Context, profileID string) ([]ImportInfo, error) {
	if profileID == "" {
		return s.selectImports(ctx, "")
	}
	return s.selectImports(ctx, "WHERE i.profile = ?", profileID)
}

// Unfinished lists the imports into an account that can be carried on, the
// latest first: those of the file with that hash, or of any for "". One that is
// Busy is under way elsewhere.
func (s *Store) Unfinished(ctx context.Context, profileID, fileHash string) ([]ImportInfo, error) {
	if fileHash == "" {
		return s.selectImports(ctx, "WHERE i.profile = ? AND NOT i.complete", profileID)
	}
	return s.selectImports(ctx, "WHERE i.profile = ? AND NOT i.complete AND i.file_hash = ?", profileID, fileHash)
}

// Import finds an import by its ID, or by the beginning of its ID where only one
// begins so. ErrNone: there is none.
func (s *Store) Import(ctx context.Context, id string) (ImportInfo, error) {
	none := problem.New("There is no import “"+id+"” in the history.", ErrNone)
	if id == "" {
		return ImportInfo{}, none
	}
	like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(id)) + "%"
	list, err := s.selectImports(ctx, `WHERE i.id LIKE ? ESCAPE '\'`, like)
	switch {
	case err != nil:
		return ImportInfo{}, err
	case len(list) == 0:
		return ImportInfo{}, none
	case len(list) > 1:
		return ImportInfo{}, problem.New("More than one import begins with “"+id+"”. Give more of its name.", ErrNone)
	}
	return list[0], nil
}

// ImportPlan gives the plan of an import, with the state before of every user.
func (s *Store) ImportPlan(ctx context.Context, id string) (*plan.Plan, error) {
	db, _, err := s.imports.open(ctx)
	if err != nil {
		return nil, err
	}
	var packed []byte
	err = db.QueryRowContext(ctx, "SELECT plan FROM imports WHERE id = ?", id).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.New("This import is no longer in the history.", errors.Join(ErrNone, err))
	}
	if err != nil {
		return nil, cannotJournal(err)
	}
	p := new(plan.Plan)
	if err := unsqueeze(packed, p); err != nil {
		return nil, problem.New("The plan of this import is damaged in the history, so it cannot be carried on. The account was not touched.", errors.Join(ErrDamaged, err))
	}
	return p, nil
}

// Outcomes lists what was recorded of an import, by entry of its plan, each in
// JSON. Entries begun and not ended are left out.
func (s *Store) Outcomes(ctx context.Context, id string) ([]json.RawMessage, error) {
	db, _, err := s.imports.open(ctx)
	if err != nil {
		return nil, err
	}
	byEntry, err := recorded(ctx, db, id)
	if err != nil {
		return nil, err
	}
	var entries []int
	for e, outcome := range byEntry {
		if outcome != nil {
			entries = append(entries, e)
		}
	}
	slices.Sort(entries)
	list := make([]json.RawMessage, len(entries))
	for i, e := range entries {
		list[i] = byEntry[e]
	}
	return list, nil
}

// Requests lists the requests of an import in their order.
func (s *Store) Requests(ctx context.Context, id string) ([]Request, error) {
	db, _, err := s.imports.open(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT at, method, path, status, took, note FROM requests WHERE import = ? ORDER BY at, rowid", id)
	if err != nil {
		return nil, cannotJournal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []Request
	for rows.Next() {
		var r Request
		var at, took int64
		if err := rows.Scan(&at, &r.Method, &r.Path, &r.Status, &took, &r.Note); err != nil {
			return nil, cannotJournal(err)
		}
		r.At, r.Took = instant(at), time.Duration(took)
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, cannotJournal(err)
	}
	return list, nil
}
