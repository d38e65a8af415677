// Package assets holds what ships inside the program: the sample file and the
// icon. It holds no code that does anything with them.
package assets

import _ "embed"

// SampleName is the sample's file name as people see it.
const SampleName = "users-q3.xlsx"

// Sample is a flawed workbook that fits the practice account. Its first sheet has
// 1,998 users, and the findings that a cell can have; the second has more users
// than one import may hold, and lacks a column. sample_test.go makes it.
//
//go:embed users-q3.xlsx
var Sample []byte

// Icon is the program's icon, PNG.
//
//go:embed icon.png
var Icon []byte
