package look

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// Colour tokens of Rollcall's own, beside those that Fyne names. Ask for them
// with Color, or put the name into a building block that takes one.
const (
	ColorPage         fyne.ThemeColorName = "rollcallPage"         // behind the cards of a page
	ColorMenuLine     fyne.ThemeColorName = "rollcallMenuLine"     // below the menu bar, under its shadow
	ColorSurface      fyne.ThemeColorName = "rollcallSurface"      // cards, bars, the sheet
	ColorHeaderRow    fyne.ThemeColorName = "rollcallHeaderRow"    // header row of a table
	ColorRowNumbers   fyne.ThemeColorName = "rollcallRowNumbers"   // row number column
	ColorLine         fyne.ThemeColorName = "rollcallLine"         // edges of cards and bars
	ColorGridLine     fyne.ThemeColorName = "rollcallGridLine"     // lines between cells
	ColorBorder       fyne.ThemeColorName = "rollcallBorder"       // edges of controls
	ColorText         fyne.ThemeColorName = "rollcallText"         // text
	ColorQuiet        fyne.ThemeColorName = "rollcallQuiet"        // secondary text, 4.5:1 at least
	ColorDisabled     fyne.ThemeColorName = "rollcallDisabled"     // text of what cannot be used now
	ColorPrimary      fyne.ThemeColorName = "rollcallPrimary"      // primary button, current step
	ColorOnPrimary    fyne.ThemeColorName = "rollcallOnPrimary"    // text on ColorPrimary
	ColorPrimaryText  fyne.ThemeColorName = "rollcallPrimaryText"  // primary as text, cursor, edited edge
	ColorSelected     fyne.ThemeColorName = "rollcallSelected"     // tint of what is selected
	ColorErrorEdge    fyne.ThemeColorName = "rollcallErrorEdge"    // edge and dots of errors
	ColorErrorFill    fyne.ThemeColorName = "rollcallErrorFill"    // fill of cells with errors
	ColorErrorText    fyne.ThemeColorName = "rollcallErrorText"    // messages of errors
	ColorOnError      fyne.ThemeColorName = "rollcallOnError"      // text on an error badge
	ColorErrorBadge   fyne.ThemeColorName = "rollcallErrorBadge"   // fill of the error badge
	ColorWarningEdge  fyne.ThemeColorName = "rollcallWarningEdge"  // edge and dots of warnings
	ColorWarningFill  fyne.ThemeColorName = "rollcallWarningFill"  // fill of cells with warnings
	ColorWarningText  fyne.ThemeColorName = "rollcallWarningText"  // messages of warnings
	ColorGood         fyne.ThemeColorName = "rollcallGood"         // what is done, added, connected
	ColorOnGood       fyne.ThemeColorName = "rollcallOnGood"       // the tick on ColorGood
	ColorGoodFill     fyne.ThemeColorName = "rollcallGoodFill"     // fill of a banner with good news
	ColorGoodDot      fyne.ThemeColorName = "rollcallGoodDot"      // status dot and progress bar
	ColorInfoFill     fyne.ThemeColorName = "rollcallInfoFill"     // fill of a banner that informs
	ColorChip         fyne.ThemeColorName = "rollcallChip"         // chips, steps not reached
	ColorDisabledFill fyne.ThemeColorName = "rollcallDisabledFill" // primary button that is disabled
)

// palette holds one variant of all tokens.
type palette struct {
	background, surface, headerRow, rowNumbers     color.NRGBA
	line, gridLine, border                         color.NRGBA
	text, quiet, disabled                          color.NRGBA
	primary, onPrimary, primaryText, selected      color.NRGBA
	errorEdge, errorFill, errorText                color.NRGBA
	errorBadge, onError                            color.NRGBA
	warningEdge, warningFill, warningText          color.NRGBA
	good, onGood, goodFill, goodDot                color.NRGBA
	infoFill, chip, disabledFill, hover, scrollBar color.NRGBA
	shadow, menuLine                               color.NRGBA
}

// rgb takes a colour as 0xRRGGBB.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

// rgba takes a colour as 0xRRGGBB and its opacity from 0 to 255.
func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

var light = palette{
	background: rgb(0xF5F6F8), surface: rgb(0xFFFFFF), headerRow: rgb(0xF0F2F5), rowNumbers: rgb(0xF7F8FA),
	line: rgb(0xE1E4EA), gridLine: rgb(0xEEF0F3), border: rgb(0xD5DAE3),
	text: rgb(0x1C2330), quiet: rgb(0x667085), disabled: rgb(0x98A1B2),
	primary: rgb(0x2457D6), onPrimary: rgb(0xFFFFFF), primaryText: rgb(0x2457D6), selected: rgb(0xE9EFFD),
	errorEdge: rgb(0xD92D20), errorFill: rgb(0xFEECE7), errorText: rgb(0xB42318),
	errorBadge: rgb(0xBE3B0F), onError: rgb(0xFFFFFF),
	warningEdge: rgb(0xDC9A06), warningFill: rgb(0xFFF6E0), warningText: rgb(0x93600B),
	good: rgb(0x067647), onGood: rgb(0xFFFFFF), goodFill: rgb(0xF2FBF6), goodDot: rgb(0x17B26A),
	infoFill: rgb(0xF4F7FE), chip: rgb(0xEEF0F4), disabledFill: rgb(0xE4E7EC),
	hover: rgba(0x1C2330, 0x0C), scrollBar: rgba(0x1C2330, 0x55), shadow: rgba(0x1C2330, 0x38), menuLine: rgb(0xFFFFFF),
}

var dark = palette{
	background: rgb(0x14171C), surface: rgb(0x1B1F26), headerRow: rgb(0x232831), rowNumbers: rgb(0x1F242C),
	line: rgb(0x2E343E), gridLine: rgb(0x272C35), border: rgb(0x3A414D),
	text: rgb(0xE6E9EF), quiet: rgb(0x98A2B3), disabled: rgb(0x7C8698),
	primary: rgb(0x3D6FF0), onPrimary: rgb(0xFFFFFF), primaryText: rgb(0x6D97FF), selected: rgb(0x1D2B4F),
	errorEdge: rgb(0xF97066), errorFill: rgb(0x43211C), errorText: rgb(0xFDA29B),
	errorBadge: rgb(0xD92D20), onError: rgb(0xFFFFFF),
	warningEdge: rgb(0xFDB022), warningFill: rgb(0x3D3113), warningText: rgb(0xFDB022),
	good: rgb(0x47CD89), onGood: rgb(0x14171C), goodFill: rgb(0x16291F), goodDot: rgb(0x32D583),
	infoFill: rgb(0x1C2536), chip: rgb(0x2A303A), disabledFill: rgb(0x2A303A),
	hover: rgba(0xFFFFFF, 0x10), scrollBar: rgba(0xFFFFFF, 0x55), shadow: rgba(0x000000, 0x80), menuLine: rgb(0x3A414D),
}

// contrastLight and contrastDark keep every text at 7:1 or better (WCAG 2.2,
// 1.4.6) and every edge at 3:1 or better (1.4.11).
var contrastLight = palette{
	background: rgb(0xFFFFFF), surface: rgb(0xFFFFFF), headerRow: rgb(0xF0F0F0), rowNumbers: rgb(0xF0F0F0),
	line: rgb(0x595959), gridLine: rgb(0x767676), border: rgb(0x1A1A1A),
	text: rgb(0x000000), quiet: rgb(0x333333), disabled: rgb(0x595959),
	primary: rgb(0x0B2E8A), onPrimary: rgb(0xFFFFFF), primaryText: rgb(0x0B2E8A), selected: rgb(0xCFDDFF),
	errorEdge: rgb(0xA80000), errorFill: rgb(0xFFE3DE), errorText: rgb(0x7A0000),
	errorBadge: rgb(0x8A0000), onError: rgb(0xFFFFFF),
	warningEdge: rgb(0x8A5A00), warningFill: rgb(0xFFF0C2), warningText: rgb(0x573700),
	good: rgb(0x00462A), onGood: rgb(0xFFFFFF), goodFill: rgb(0xE3F7EA), goodDot: rgb(0x00663D),
	infoFill: rgb(0xE8EEFF), chip: rgb(0xE6E6E6), disabledFill: rgb(0xE6E6E6),
	hover: rgba(0x000000, 0x18), scrollBar: rgba(0x000000, 0xB0), shadow: rgba(0x000000, 0x80), menuLine: rgb(0x595959),
}

var contrastDark = palette{
	background: rgb(0x000000), surface: rgb(0x000000), headerRow: rgb(0x1C1C1C), rowNumbers: rgb(0x1C1C1C),
	line: rgb(0xA6A6A6), gridLine: rgb(0x7A7A7A), border: rgb(0xE6E6E6),
	text: rgb(0xFFFFFF), quiet: rgb(0xD9D9D9), disabled: rgb(0xB3B3B3),
	primary: rgb(0x9DBBFF), onPrimary: rgb(0x000000), primaryText: rgb(0xB4CBFF), selected: rgb(0x1C3264),
	errorEdge: rgb(0xFF8A80), errorFill: rgb(0x4A0F0A), errorText: rgb(0xFFC4BE),
	errorBadge: rgb(0xFFB4AB), onError: rgb(0x000000),
	warningEdge: rgb(0xFFC94D), warningFill: rgb(0x3F2F00), warningText: rgb(0xFFD675),
	good: rgb(0x6BE3A6), onGood: rgb(0x000000), goodFill: rgb(0x00301C), goodDot: rgb(0x6BE3A6),
	infoFill: rgb(0x14234A), chip: rgb(0x303030), disabledFill: rgb(0x303030),
	hover: rgba(0xFFFFFF, 0x28), scrollBar: rgba(0xFFFFFF, 0xB0), shadow: rgba(0xFFFFFF, 0x80), menuLine: rgb(0xA6A6A6),
}
