package columns

import (
	"context"

	"rollcall/internal/roster"
	"rollcall/internal/workbench"
)

// maxValues is how many values of a column are matched here; one with more has
// no vocabulary to match.
const maxValues = 40

// fewRows is how many rows are counted at once, in a few milliseconds; a longer
// file is counted in the background.
const fewRows = 10_000

// counted is what stands in a column of the file.
type counted struct {
	values []roster.ValueCount
	// few says that these are all of its values.
	few bool
}

// valueColumns are the file's columns whose values are to be known: those of the
// status and the role.
func valueColumns(m roster.Mapping) (cols []int) {
	for _, c := range []roster.Column{roster.Status, roster.Role} {
		if match := m.Columns[c]; len(match.Cols) == 1 {
			cols = append(cols, match.Cols[0])
		}
	}
	return cols
}

// counting counts the values of columns that are not known yet, and goes on when
// they are. A document that is gone meanwhile is left alone.
func (s *Screen) counting(cols []int, then func()) {
	counts := make(map[int]func() ([]roster.ValueCount, bool))
	for _, col := range cols {
		if _, known := s.counts[col]; !known {
			counts[col] = s.doc.CountValues(col, maxValues)
		}
	}
	count := func() map[int]counted {
		found := make(map[int]counted, len(counts))
		for col, values := range counts {
			v, few := values()
			found[col] = counted{v, few}
		}
		return found
	}
	learn := func(found map[int]counted) {
		for col, v := range found {
			s.counts[col] = v
		}
		then()
	}
	if len(counts) == 0 || s.doc.RowCount() <= fewRows {
		learn(count())
		return
	}
	doc := s.doc
	s.pending++
	workbench.Background(s.bench, func(context.Context, func(workbench.Progress)) (map[int]counted, error) {
		return count(), nil
	}, nil, func(found map[int]counted, err error) {
		s.pending--
		if err == nil && s.doc == doc {
			learn(found)
		}
	})
}

// valueSample lets the recognition look at the values that were counted, each
// once; a column of too many has none.
func (s *Screen) valueSample() roster.Sample {
	return roster.Sample{Rows: maxValues, Text: func(row, col int) string {
		if c := s.counts[col]; c.few && row < len(c.values) {
			return c.values[row].Value
		}
		return ""
	}}
}
