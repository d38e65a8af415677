package sheet

import "context"

// batch is how many rows are worked on between two looks at the context.
const batch = 4096

// Filter lists those of rows for which keep is true, in their order. It stops
// with ctx's error when that is cancelled.
func Filter(ctx context.Context, rows []RowID, keep func(RowID) bool) ([]RowID, error) {
	var kept []RowID
	for i, r := range rows {
		if i%batch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept, ctx.Err()
}
