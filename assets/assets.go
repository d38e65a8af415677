// Package assets holds what ships inside the program: the sample file and the
// icon. It holds no code that does anything with them.
package assets

import _ "embed"

// SampleName is the sample's file name as people see it.
const SampleName = "users-q3.xlsx"

// Sample is a flawed workbook of 1,998 users that fits the practice account: it
// holds at least one of each finding that a cell can have. sample_test.go makes
// it.
//
//go:embed users-q3.xlsx
var Sample []byte

// Icon is the program's icon, PNG.
//
//go:embed icon.png
var Icon []byte
