package grid

// Model is what a grid shows. It is asked on the UI goroutine only, and only for
// what is in sight, so its answers must be quick: well under a microsecond or
// two a cell. After any change, Revision must differ and Grid.Refresh (or
// Grid.RefreshRow) must be called.
type Model interface {
	// Len is how many rows and columns there are.
	Len() (rows, cols int)
	// Cell is how a cell looks; row and col are within Len.
	Cell(row, col int) CellView
	// Header is how a column's header looks.
	Header(col int) HeaderView
	// RowHeader is what stands before a row.
	RowHeader(row int) RowHeaderView
	// Revision changes with everything that is shown.
	Revision() uint64
}

// Editable is a Model whose cells can be edited.
type Editable interface {
	Model
	// Editor says how a cell is edited.
	Editor(row, col int) Editor
}

// Filler is a Model that can quickly tell empty cells; Ctrl+arrows ask it for
// many. Without it, the text of each cell is asked for.
type Filler interface {
	Filled(row, col int) bool
}

// Tint is the state of a cell: a soft fill and a coloured left edge.
type Tint uint8

const (
	TintNone Tint = iota
	TintError
	TintWarning
	TintGood
)

// Role is a colour of text by its meaning.
type Role uint8

const (
	RoleText Role = iota
	RoleQuiet
	RoleDisabled
	RolePrimary
	RoleGood
	RoleWarning
	RoleError
)

// Align is where a cell's text stands in it.
type Align uint8

const (
	AlignStart Align = iota
	AlignCenter
	AlignEnd
)

// Check is a check box in a cell.
type Check uint8

const (
	NoCheck Check = iota
	Unchecked
	Checked
)

// Span is a piece of a cell's text with its own look.
type Span struct {
	Text   string
	Role   Role
	Bold   bool
	Struck bool // a line through it
}

// CellView is how a cell looks.
type CellView struct {
	Text   string // the whole value, which is also what is copied
	Spans  []Span // shown instead of Text when there are any
	Tint   Tint
	Edited bool // changed by the person: a left edge in the primary colour
	Align  Align
	Role   Role
	Bold   bool
	Struck bool
	Button string // a small button with this text instead of the text
	Check  Check  // a check box before the text
}

// Mark is the small sign beside a row number, so that nothing is told by colour
// alone: a disc for errors, a triangle for warnings, a bar for edited rows.
type Mark uint8

const (
	MarkNone Mark = iota
	MarkError
	MarkWarning
	MarkEdited
)

// RowHeaderView is what stands before a row.
type RowHeaderView struct {
	Number string
	Mark   Mark
}

// Sorting is the arrow in a column's header.
type Sorting int8

const (
	Unsorted Sorting = iota
	Ascending
	Descending
)

// HeaderView is how a column's header looks.
type HeaderView struct {
	Title    string
	Sorting  Sorting
	Filtered bool    // a funnel is shown
	Width    float32 // in canvas units, until the person changes it; 0 fits the title and the first values
	Fixed    bool    // the person cannot change the width
	Grows    bool    // takes what is left of the grid's width
}

// EditorKind says what an editor offers while one types.
type EditorKind uint8

const (
	PlainText EditorKind = iota
	Choices              // one of a few values; other text can be typed, too
	Tokens               // a comma-separated list, each part completed by itself
)

// Editor says how a cell is edited. The zero value is a plain text editor with
// the cell's text.
type Editor struct {
	ReadOnly bool
	Kind     EditorKind
	// Text is what editing begins with, when it is not the cell's Text.
	Text string
	// Choices are all values that Choices offers.
	Choices []string
	// Complete gives the ways to complete the beginning of a token.
	Complete func(prefix string) []string
	// Hint is a line below the editor for the item of a list that is being typed:
	// a format's example. It stands in front of the verdict.
	Hint func(item string) string
}

// Change is one cell that gets another text. A row from the model's number of
// rows on is a new row, wanted by pasting below the end.
type Change struct {
	Row, Col int
	Text     string
}

// Verdict is what the host thinks of a text that is being typed.
type Verdict struct {
	State      Tint
	Message    string // one sentence; "" shows nothing
	Suggestion string // offered on Ctrl+Enter and by a click; "" for none
}
