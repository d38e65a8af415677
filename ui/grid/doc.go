// Package grid is a sheet for Fyne: an editable, virtualised grid of text cells
// that behaves as spreadsheets do. It draws what a small Model gives it and
// tells a host what the person wants done; it holds no data of its own, knows
// nothing of users or accounts, and imports nothing but Fyne and its libraries.
//
// Geometry (viewport.go), selection (selection.go), keys (keymap.go), clipboard
// text (clip.go) and completion of lists (tokens.go) are plain Go without Fyne.
//
// A row is drawn as one picture: the cells' fills, edges, lines and texts go
// into a small buffer that is uploaded as one texture, so a frame has about one
// object for each visible row, and a scroll step draws only the rows that came
// into sight. Texts that need shaping or another font (right-to-left, CJK,
// emoji) are laid over as Fyne's own text objects.
package grid
