package sheet

// Op is one change asked of Apply: SetCell, Revert, InsertRows or DeleteRows.
type Op interface{ isOp() }

// SetCell writes a text into a cell.
type SetCell struct {
	Row  RowID
	Col  int
	Text string
}

// Revert gives a cell the file's text again.
type Revert struct {
	Row RowID
	Col int
}

// Place says on which side of a row something goes.
type Place uint8

// The sides of a row.
const (
	After Place = iota
	Before
)

// InsertRows inserts N empty rows, or those of Texts where there are more, on
// one side of Row. After None is above the first row, Before None behind the
// last. Texts are by column of the sheet.
type InsertRows struct {
	Row   RowID
	Place Place
	N     int
	Texts [][]string
}

// DeleteRows takes rows out of the sheet. Their edits are kept for an undo.
type DeleteRows struct{ Rows []RowID }

func (SetCell) isOp()    {}
func (Revert) isOp()     {}
func (InsertRows) isOp() {}
func (DeleteRows) isOp() {}
