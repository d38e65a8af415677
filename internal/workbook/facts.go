package workbook

import "slices"

// Facts is what was found in a file; its JSON names are those of `check
// --json`. File rows and columns count from 1 here, as a person counts them.
type Facts struct {
	// Format is "csv" or "xlsx".
	Format string `json:"format"`
	// Encoding is the IANA name of a CSV's encoding.
	Encoding string `json:"encoding,omitempty"`
	// BOM says that a CSV begins with a byte order mark.
	BOM bool `json:"bom,omitempty"`
	// EncodingSure is false where the encoding was guessed and others are
	// nearly as plausible, or where not all of the text is in it.
	EncodingSure bool `json:"encodingSure,omitempty"`
	// EncodingChoices are the readings between which a person has to choose,
	// the one that was taken first; none where the encoding is plain.
	EncodingChoices []Reading `json:"encodingChoices,omitempty"`
	// Delimiter is a CSV's separator: "," ";" "\t" or "|".
	Delimiter string `json:"delimiter,omitempty"`
	// Quote is a CSV's quotation mark, usually `"`.
	Quote string `json:"quote,omitempty"`
	// Escape is what stands before a quotation mark inside quotes: the mark
	// itself or a backslash.
	Escape string `json:"escape,omitempty"`
	// LineEnd is "CRLF", "LF" or "CR": the one that most records end with.
	LineEnd string `json:"lineEnd,omitempty"`
	// Sheet is the worksheet that was read; Sheets are all of them.
	Sheet  string      `json:"sheet,omitempty"`
	Sheets []SheetInfo `json:"sheets,omitempty"`
	// HeaderRow is the file row of the header, 0 for none.
	HeaderRow int `json:"-"`
	// Header is HeaderRow for JSON: nil for none.
	Header *int `json:"headerRow"`
	// Preamble are the rows above the header that hold something.
	Preamble []int `json:"preamble,omitempty"`
	// BlankRows are the rows below the header without any visible text; at
	// most MaxListed of them are listed, BlankCount is how many there are.
	BlankRows  []int `json:"blankRows"`
	BlankCount int   `json:"blankCount"`
	// HiddenRows, HiddenColumns are what the sheet hides; FilteredRows are
	// those of the hidden rows that a filter hides.
	HiddenRows    []int `json:"hiddenRows"`
	HiddenColumns []int `json:"hiddenColumns,omitempty"`
	FilteredRows  []int `json:"filteredRows,omitempty"`
	// MergedCells are ranges such as "A1:C1"; only the first cell has the text.
	MergedCells []string `json:"mergedCells,omitempty"`
	// Formulas are cells whose text comes from a formula (at most MaxListed),
	// FormulaCount is how many there are, and FormulasEmpty are those for
	// which the file holds no result.
	Formulas      []string `json:"formulas,omitempty"`
	FormulaCount  int      `json:"formulaCount,omitempty"`
	FormulasEmpty []string `json:"formulasEmpty,omitempty"`
	// TotalsRows and ExampleRows look like sums and like the sample rows of a
	// template.
	TotalsRows  []int `json:"totalsRows,omitempty"`
	ExampleRows []int `json:"exampleRows,omitempty"`
	// RepeatedHeaders are rows below the header that are it once more, in the
	// same words or as a line of labels; at most MaxListed of them.
	RepeatedHeaders []int `json:"repeatedHeaders,omitempty"`
	// Oddities are the places that were not well formed and how they were read.
	Oddities []Oddity `json:"oddities"`
	// Macros says that the workbook holds macros; they never run, and saving
	// as .xlsx would drop them.
	Macros bool `json:"macros,omitempty"`
	// Date1904 says that the workbook counts days from 1904.
	Date1904 bool `json:"date1904,omitempty"`
	// Encrypted says that the workbook was opened with a password.
	Encrypted bool `json:"encrypted,omitempty"`
}

// MaxListed bounds each list of places in Facts.
const MaxListed = 10000

// SheetInfo is one sheet of a workbook.
type SheetInfo struct {
	Name string `json:"name"`
	// Hidden says that the sheet is hidden or very hidden.
	Hidden bool `json:"hidden,omitempty"`
	// Kind is "" for a worksheet, else "chart", "dialog" or "macro".
	Kind string `json:"kind,omitempty"`
	// Rows is the number of the last row with text, as far as it is known: it
	// is counted for the sheet that was read, and taken from the sheet's own
	// statement for the others.
	Rows int `json:"rows"`
}

// Oddity is one place where the file is not well formed.
type Oddity struct {
	// Line is the physical line in a CSV, the row in a sheet.
	Line int `json:"line"`
	// What says in a sentence what is odd and how it was read.
	What string `json:"what"`
}

// odd adds an oddity, up to MaxListed.
func (f *Facts) odd(line int, what string) {
	if len(f.Oddities) < MaxListed {
		f.Oddities = append(f.Oddities, Oddity{Line: line, What: what})
	}
}

// NoUsers are the rows that were recognised for certain as no users: totals,
// examples and headers.
func (f *Facts) NoUsers() []int {
	return slices.Concat(f.TotalsRows, f.ExampleRows, f.RepeatedHeaders)
}
