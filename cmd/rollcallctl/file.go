package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"rollcall/internal/problem"
	"rollcall/internal/workbench"
)

// fileFlags overrule what opening a file detects.
type fileFlags struct {
	columns   []string
	sheet     string
	encoding  string
	separator string
	headerRow int
}

func (f *fileFlags) bind(fs *pflag.FlagSet) {
	fs.StringArrayVar(&f.columns, "column", nil, `match a column: "Primary Email=E-mail (work)", or by position "Primary Email=3"; several times`)
	fs.StringVar(&f.sheet, "sheet", "", "worksheet to read (the first visible one)")
	fs.StringVar(&f.encoding, "encoding", "", "character encoding of a CSV (detected)")
	fs.StringVar(&f.separator, "separator", "", `separator of a CSV: "," ";" "|" or "tab" (detected)`)
	fs.IntVar(&f.headerRow, "header-row", -1, "row of the header, 0 for none (detected)")
}

func (f *fileFlags) options() (workbench.OpenOptions, error) {
	o := workbench.OpenOptions{Sheet: f.sheet, Encoding: f.encoding, Columns: f.columns, OnlyCertain: true, Password: os.Getenv("ROLLCALL_FILE_PASSWORD")}
	if f.headerRow < -1 {
		return o, problem.New("--header-row takes the number of a row from 1 on, or 0 for a file without a header.", nil)
	}
	if f.headerRow >= 0 {
		row := f.headerRow
		o.HeaderRow = &row
	}
	if f.separator == "" {
		return o, nil
	}
	named, ok := separators[strings.ToLower(f.separator)]
	if !ok {
		r, size := utf8.DecodeRuneInString(f.separator)
		if size != len(f.separator) || r >= utf8.RuneSelf || r < ' ' || r == '"' {
			return o, problem.New(fmt.Sprintf("%q is not a separator. Give one character, such as ; or tab.", f.separator), nil)
		}
		named = r
	}
	o.Separator = named
	return o, nil
}

// separators are those that are hard to write in a command line, by name.
var separators = map[string]rune{"tab": '\t', `\t`: '\t', "comma": ',', "semicolon": ';', "pipe": '|', "space": ' '}

// open opens and checks the file.
func (f *fileFlags) open(ctx context.Context, b *workbench.Bench, path string) (*workbench.Document, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	d, err := b.Open(ctx, path, o, nil)
	if err == nil && f.sheet != "" && d.Facts().Format == "csv" {
		return nil, problem.New("This is a CSV file, which has no worksheets. Leave --sheet out.", nil)
	}
	return d, err
}
