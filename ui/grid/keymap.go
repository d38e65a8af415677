package grid

// Mods are the modifier keys that are down. Ctrl is the system's own shortcut
// key: Command on macOS.
type Mods uint8

const (
	Shift Mods = 1 << iota
	Ctrl
	Alt
)

// Command is what a key asks the grid to do.
type Command int

const (
	None Command = iota
	Up
	Down
	Left
	Right
	EdgeUp // Ctrl+arrows: to the edge of the data
	EdgeDown
	EdgeLeft
	EdgeRight
	RowStart
	RowEnd
	SheetStart
	SheetEnd
	PageUp
	PageDown
	EnterKey
	TabKey
	StartEdit
	ClearCells
	ClearAndEdit
	Escape
	SelectEverything
	SelectRow
	SelectColumn
	FillDown
	InsertRows
	DeleteRows
	OpenMenu
	OpenChoices
	NextProblem
	PreviousProblem
	Leave
	Toggle
)

// Keystroke is a command, and whether Shift extends the selection with it or
// turns its direction round.
type Keystroke struct {
	Command Command
	Shifted bool
}

// plainKeys hold with and without Shift; names are Fyne's.
var plainKeys = map[string]Command{
	"Up": Up, "Down": Down, "Left": Left, "Right": Right,
	"Home": RowStart, "End": RowEnd, "Prior": PageUp, "Next": PageDown,
	"Return": EnterKey, "KP_Enter": EnterKey, "Tab": TabKey,
}

// bareKeys hold without any modifier.
var bareKeys = map[string]Command{
	"F2": StartEdit, "Delete": ClearCells, "BackSpace": ClearAndEdit, "Escape": Escape,
	"F8": NextProblem, "F6": Leave, "Menu": OpenMenu,
}

var shiftKeys = map[string]Command{
	"F8": PreviousProblem, "F10": OpenMenu, "Space": SelectRow, "F6": Leave, "BackSpace": ClearCells,
}

// ctrlKeys hold with Ctrl, and where Shift has a meaning, with Shift too.
var ctrlKeys = map[string]Command{
	"Up": EdgeUp, "Down": EdgeDown, "Left": EdgeLeft, "Right": EdgeRight,
	"Home": SheetStart, "End": SheetEnd,
}

var onlyCtrlKeys = map[string]Command{
	"A": SelectEverything, "Space": SelectColumn, "D": FillDown, "Tab": Leave,
	"+": InsertRows, "=": InsertRows, "KP_Add": InsertRows,
	"-": DeleteRows, "KP_Subtract": DeleteRows,
}

var ctrlShiftKeys = map[string]Command{
	"+": InsertRows, "=": InsertRows, "Space": SelectEverything, "Tab": Leave, "A": SelectEverything,
}

var altKeys = map[string]Command{"Down": OpenChoices}

// KeystrokeFor is what a key with modifiers asks for. Keys that mean nothing
// here, and all that make text, give None. Copy, cut and paste come as Fyne's
// own shortcuts and are not in the map.
func KeystrokeFor(key string, mods Mods) Keystroke {
	shifted := mods&Shift != 0
	switch mods &^ Shift {
	case 0:
		if c, ok := plainKeys[key]; ok {
			return Keystroke{c, shifted}
		}
		if shifted {
			return Keystroke{Command: shiftKeys[key]}
		}
		return Keystroke{Command: bareKeys[key]}
	case Ctrl:
		if c, ok := ctrlKeys[key]; ok {
			return Keystroke{c, shifted}
		}
		if shifted {
			return Keystroke{Command: ctrlShiftKeys[key], Shifted: key == "Tab"}
		}
		return Keystroke{Command: onlyCtrlKeys[key]}
	case Alt:
		return Keystroke{Command: altKeys[key]}
	}
	return Keystroke{}
}
