package check

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// MaxRows is the most users of one import (guide, "Important Limits").
const MaxRows = 2000

// Engine holds the findings of a sheet. It belongs to one goroutine at a time:
// Run it in the background, then hand it over. It keeps marks and makes a
// Finding, with its words, when one is asked for, from the View of the last Run
// or Update: give Update the View of the live sheet.
type Engine struct {
	rules   *rules
	view    roster.View
	checked bool

	rows     []sheet.RowID // as given to Run; shared
	inserted []sheet.RowID // later ones
	there    []bool        // by RowID: checked and not deleted
	total    int

	emails  index
	ids     index
	store   store
	refused Refusals

	brief  *checker // for marks
	full   *checker // for findings
	mender *checker // for certain fixes

	revision uint64
	groups   []Group // of revision groupsAt
	groupsAt uint64
	judged   map[cellRef][]Finding // long cells, while the panel is made
}

type refusal struct {
	col     roster.Column
	message string
}

// New makes an engine for an account; nil is no account.
func New(dir *account.Directory) *Engine {
	r := newRules(dir)
	mender := newChecker(r, false)
	mender.mending = true
	return &Engine{store: store{panel: make([]panelGroup, len(codes))}, judged: make(map[cellRef][]Finding), rules: r, brief: newChecker(r, true), full: newChecker(r, false), mender: mender, refused: make(map[sheet.RowID][]refusal)}
}

// Row lists the findings of a row by column.
func (e *Engine) Row(r sheet.RowID) []Finding {
	if e.store.head(r) == 0 {
		return nil
	}
	e.full.row(&e.view, r)
	found := e.across(r, e.full)
	for _, ref := range e.refused[r] {
		found = append(found, e.refusedFinding(r, ref))
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return int(a.Column) - int(b.Column) })
	e.keep(r, found)
	return found
}

// across gives what a checker found in a row its number, and adds the findings
// that other rows make.
func (e *Engine) across(r sheet.RowID, c *checker) []Finding {
	found := slices.Clone(c.findings)
	if c.emailHash != 0 && e.emails.shared(c.emailHash, r) {
		found = append(found, e.duplicateEmail(r, c))
	}
	for _, id := range c.ids {
		if e.ids.shared(id.hash, r) {
			found = append(found, e.duplicateIdentifier(r, id))
		}
	}
	for i := range found {
		found[i].Row = r
	}
	return found
}

func (e *Engine) duplicateEmail(r sheet.RowID, c *checker) Finding {
	return Finding{
		Column: roster.Email, Value: c.own, Part: roster.Tidy(c.own), Severity: Error, Code: EmailDuplicate,
		Message: "Another row has the same email: keep one of them, or merge the two",
		Other:   e.twins(&e.emails, c.emailHash, r),
	}
}

func (e *Engine) duplicateIdentifier(r sheet.RowID, id identifier) Finding {
	return Finding{
		Column: roster.Sources, Value: e.view.Text(r, roster.Sources), Part: id.part, Severity: Error, Code: IdentifierDuplicate,
		Message: "Another row has “" + id.part + "” too: an identifier belongs to one user, so keep it in one row only",
		Other:   e.twins(&e.ids, id.hash, r),
	}
}

// twins lists other rows with a key in order; of very many, some.
func (e *Engine) twins(x *index, hash uint64, r sheet.RowID) []sheet.RowID {
	rows := x.others(hash, r, 50*MaxOther)
	slices.Sort(rows)
	return rows[:min(len(rows), MaxOther)]
}

// keep offers what the account has, where a status or a role is wrong.
func (e *Engine) keep(r sheet.RowID, found []Finding) {
	if e.rules.dir == nil {
		return
	}
	for i := range found {
		f := &found[i]
		if f.Severity != Error || f.Column != roster.Status && f.Column != roster.Role {
			continue
		}
		users := e.rules.dir.ByEmail(roster.Tidy(e.view.Text(r, roster.Email)))
		if len(users) != 1 {
			return
		}
		f.Keep = users[0].Role
		if f.Column == roster.Status {
			f.Keep = account.Status(users[0].Active)
		}
	}
}

// Cell lists the findings of a cell.
func (e *Engine) Cell(r sheet.RowID, c roster.Column) []Finding {
	if e.store.worst(r, c) == None {
		return nil
	}
	return slices.DeleteFunc(e.Row(r), func(f Finding) bool { return f.Column != c })
}

// Live is the verdict on a text that is not committed yet, with the rules
// across rows. Nothing is kept.
func (e *Engine) Live(view roster.View, r sheet.RowID, col roster.Column, text string) []Finding {
	c := e.full
	c.begin(&view, r)
	if col == roster.Email {
		c.own = text
	}
	if text != "" || view.Mapped(col) {
		c.cell(col, text)
	}
	found := e.across(r, c)
	for i := range found {
		found[i].Value = text
	}
	e.keep(r, found)
	return found
}

// Worst is the severity of a cell, None where there is nothing.
func (e *Engine) Worst(r sheet.RowID, c roster.Column) Severity { return e.store.worst(r, c) }

// RowWorst is the severity of a row.
func (e *Engine) RowWorst(r sheet.RowID) Severity { return e.store.worst(r, -1) }

// Counts counts findings and the rows that have any, those of the whole file
// not included.
func (e *Engine) Counts() (errors, warnings, rowsWithErrors, rowsWithWarnings int) {
	return e.store.errors, e.store.warnings, e.store.errorRows, e.store.warningRows
}

// Revision changes whenever a finding may have.
func (e *Engine) Revision() uint64 { return e.revision }

// All runs through the findings row by row, in the order of the rows given to
// Run; rows inserted since come last. AllIn takes another order.
func (e *Engine) All() iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for _, rows := range [][]sheet.RowID{e.rows, e.inserted} {
			for f := range e.AllIn(rows) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// AllIn runs through the findings of the rows given.
func (e *Engine) AllIn(rows []sheet.RowID) iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for _, r := range rows {
			for _, f := range e.Row(r) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// NotChecked lists the rules that need an account, or a part of it, that is not
// known.
func (e *Engine) NotChecked() []Code { return e.rules.notChecked() }

// Refuse puts the account's own message on a cell. It stays until the row is
// edited.
func (e *Engine) Refuse(r sheet.RowID, c roster.Column, message string) {
	ref := refusal{c, message}
	if slices.Contains(e.refused[r], ref) {
		return
	}
	e.refused[r] = append(e.refused[r], ref)
	marks := append(e.store.own(r, nil), e.refusedMark(r, ref))
	if e.checked {
		e.brief.row(&e.view, r)
		marks = append(marks, e.acrossMarks(r, e.brief)...)
	}
	e.store.set(r, marks)
	e.revision++
}

// Refusals are what the account said of rows, as an Engine had it at one time.
type Refusals map[sheet.RowID][]refusal

// Refusals are those of now.
func (e *Engine) Refusals() Refusals { return maps.Clone(e.refused) }

// RefuseAll puts what the account said of rows in another Engine on the same
// cells here, before Update is told what changed meanwhile.
func (e *Engine) RefuseAll(all Refusals) {
	for r, refs := range all {
		if !e.has(r) {
			continue
		}
		for _, ref := range refs {
			e.Refuse(r, ref.col, ref.message)
		}
	}
}

// Forgive drops what the account said of rows.
func (e *Engine) Forgive(rows []sheet.RowID) {
	if len(e.refused) == 0 {
		return
	}
	for _, r := range rows {
		if len(e.refused[r]) == 0 {
			continue
		}
		delete(e.refused, r)
		e.brief.row(&e.view, r)
		marks := slices.Clone(e.brief.marks)
		e.store.set(r, append(marks, e.acrossMarks(r, e.brief)...))
		e.revision++
	}
}

func (e *Engine) refusedMark(r sheet.RowID, ref refusal) mark {
	return mark{part: ref.message, code: codeIndex[Refused], col: uint8(ref.col), sev: Error}
}

func (e *Engine) refusedFinding(r sheet.RowID, ref refusal) Finding {
	return Finding{
		Row: r, Column: ref.col, Value: e.view.Text(r, ref.col), Part: ref.message,
		Severity: Error, Code: Refused, Message: ref.message,
	}
}

// Whole lists the findings of the whole file.
func (e *Engine) Whole() (found []Finding) {
	if e.total > MaxRows {
		found = append(found, Finding{
			Row: sheet.None, Column: NoColumn, Severity: Error, Code: RowsTooMany, Value: itoa(e.total),
			Message: fmt.Sprintf("The file has %s users and one import takes at most 2,000: they go in %s parts", number(e.total), number((e.total+MaxRows-1)/MaxRows)),
		})
	}
	if !e.checked {
		return found
	}
	for _, c := range roster.Columns() {
		if c.Needed() && !e.view.Mapped(c) {
			found = append(found, Finding{
				Row: sheet.None, Column: c, Severity: Error, Code: ColumnMissing,
				Message: "No column of the file is matched to “" + c.Header() + "”: choose one, or a fixed value",
			})
		}
	}
	return found
}
