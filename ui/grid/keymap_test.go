package grid

import "testing"

func TestKeysMeanWhatTheyMeanInSpreadsheets(t *testing.T) {
	tests := []struct {
		key  string
		mods Mods
		want Keystroke
	}{
		{"Down", 0, Keystroke{Down, false}},
		{"Down", Shift, Keystroke{Down, true}},
		{"Down", Ctrl, Keystroke{EdgeDown, false}},
		{"Right", Ctrl | Shift, Keystroke{EdgeRight, true}},
		{"Down", Alt, Keystroke{Command: OpenChoices}},
		{"Home", 0, Keystroke{RowStart, false}},
		{"Home", Ctrl, Keystroke{SheetStart, false}},
		{"End", Ctrl | Shift, Keystroke{SheetEnd, true}},
		{"Prior", 0, Keystroke{PageUp, false}},
		{"Next", Shift, Keystroke{PageDown, true}},
		{"Return", Shift, Keystroke{EnterKey, true}},
		{"KP_Enter", 0, Keystroke{EnterKey, false}},
		{"Tab", 0, Keystroke{TabKey, false}},
		{"Tab", Shift, Keystroke{TabKey, true}},
		{"F2", 0, Keystroke{Command: StartEdit}},
		{"Delete", 0, Keystroke{Command: ClearCells}},
		{"BackSpace", 0, Keystroke{Command: ClearAndEdit}},
		{"Escape", 0, Keystroke{Command: Escape}},
		{"F8", 0, Keystroke{Command: NextProblem}},
		{"F8", Shift, Keystroke{Command: PreviousProblem}},
		{"F10", Shift, Keystroke{Command: OpenMenu}},
		{"Menu", 0, Keystroke{Command: OpenMenu}},
		{"F6", 0, Keystroke{Command: Leave}},
		{"D", Ctrl, Keystroke{Command: FillDown}},
		{"A", Ctrl, Keystroke{Command: SelectEverything}},
		{"Space", Shift, Keystroke{Command: SelectRow}},
		{"Space", Ctrl, Keystroke{Command: SelectColumn}},
		{"+", Ctrl, Keystroke{Command: InsertRows}},
		{"=", Ctrl | Shift, Keystroke{Command: InsertRows}},
		{"-", Ctrl, Keystroke{Command: DeleteRows}},
		{"X", 0, Keystroke{}},
		{"LeftShift", Shift, Keystroke{}},
		{"Space", 0, Keystroke{}},
		{"Delete", Shift, Keystroke{}},
		{"F", Ctrl, Keystroke{}},
		{"Down", Ctrl | Alt, Keystroke{}},
	}
	for _, tt := range tests {
		if got := KeystrokeFor(tt.key, tt.mods); got != tt.want {
			t.Errorf("KeystrokeFor(%q, %d) = %+v, want %+v", tt.key, tt.mods, got, tt.want)
		}
	}
}
