package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rollcall/ui/bidi"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// menus is the main menu. Its shortcuts work wherever the keyboard is.
type menus struct {
	window     *Window
	main       *fyne.MainMenu
	undo, redo *fyne.MenuItem
	another    *fyne.MenuItem // sheet of the workbook
	needDoc    []*fyne.MenuItem
	needAcct   []*fyne.MenuItem
	modes      []*fyne.MenuItem
	contrast   *fyne.MenuItem
	scales     []*fyne.MenuItem
	shown      string // what the menu was last built for
}

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
)

func newMenus(w *Window) *menus {
	m := &menus{window: w}
	m.main = fyne.NewMainMenu(m.file(), m.edit(), m.view(), m.imports(), m.account(), m.help())
	m.enable()
	return m
}

// item makes an item that is a command of the window.
func (m *menus) item(label string, f func()) *fyne.MenuItem {
	return fyne.NewMenuItem(label, watch.Wrap("menu "+label, m.window.command(f)))
}

// key makes an item with a shortcut.
func (m *menus) key(label string, key fyne.KeyName, mods fyne.KeyModifier, f func()) *fyne.MenuItem {
	i := m.item(label, f)
	i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: mods}
	return i
}

func (m *menus) docItem(i *fyne.MenuItem) *fyne.MenuItem {
	m.needDoc = append(m.needDoc, i)
	return i
}

func (m *menus) acctItem(i *fyne.MenuItem) *fyne.MenuItem {
	m.needAcct = append(m.needAcct, i)
	return i
}

func (m *menus) file() *fyne.Menu {
	w := m.window
	quit := fyne.NewMenuItem("Quit", watch.Wrap("menu Quit", w.AskClose))
	quit.IsQuit = true
	m.another = m.item("Another sheet of the workbook…", w.askSheet)
	quit.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: ctrl}
	return fyne.NewMenu("File",
		m.key("Open…", fyne.KeyO, ctrl, w.AskOpen),
		m.another,
		m.docItem(m.item("Close the file", w.CloseFile)),
		fyne.NewMenuItemSeparator(),
		m.docItem(m.key("Save", fyne.KeyS, ctrl, w.Save)),
		m.docItem(m.key("Save as…", fyne.KeyS, ctrlShift, w.SaveAs)),
		m.docItem(m.key("Export for upload…", fyne.KeyE, ctrl, w.Export)),
		m.docItem(m.key("Save error report…", fyne.KeyE, ctrlShift, w.saveErrorReport)),
		m.docItem(m.item("Merge a fixed report…", w.mergeReport)),
		fyne.NewMenuItemSeparator(),
		m.item("Save an empty template…", w.saveTemplate),
		m.acctItem(m.item("Save the account’s users…", w.saveFilled)),
		fyne.NewMenuItemSeparator(),
		quit)
}

func (m *menus) edit() *fyne.Menu {
	w := m.window
	clipboard := w.app.Clipboard()
	item := func(label string, shortcut func() fyne.Shortcut, sheet func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, watch.Wrap("menu "+label, w.edit(shortcut, sheet)))
		i.Shortcut = shortcut()
		return i
	}
	step := func(label string, shortcut func() fyne.Shortcut, screen func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, watch.Wrap("menu "+label, w.undoing(shortcut, screen)))
		i.Shortcut = shortcut()
		return i
	}
	m.undo = step("Undo", func() fyne.Shortcut { return &fyne.ShortcutUndo{} }, w.undo)
	m.redo = step("Redo", func() fyne.Shortcut { return &fyne.ShortcutRedo{} }, w.redo)
	grid := w.fix.Grid()
	fill := m.docItem(fyne.NewMenuItem("Fill down", watch.Wrap("menu Fill down", w.command(grid.FillDown))))
	return fyne.NewMenu("Edit", m.undo, m.redo,
		fyne.NewMenuItemSeparator(),
		item("Cut", func() fyne.Shortcut { return &fyne.ShortcutCut{Clipboard: clipboard} }, grid.Cut),
		item("Copy", func() fyne.Shortcut { return &fyne.ShortcutCopy{Clipboard: clipboard} }, grid.Copy),
		item("Paste", func() fyne.Shortcut { return &fyne.ShortcutPaste{Clipboard: clipboard} }, grid.Paste),
		item("Select all", func() fyne.Shortcut { return &fyne.ShortcutSelectAll{} }, grid.SelectAll),
		fyne.NewMenuItemSeparator(),
		fill,
		m.docItem(m.item("Insert rows above", grid.InsertRows)),
		m.docItem(m.item("Delete rows", grid.DeleteRows)),
		fyne.NewMenuItemSeparator(),
		m.docItem(m.key("Find…", fyne.KeyF, ctrl, func() { w.Find(false) })),
		m.docItem(m.key("Replace…", fyne.KeyH, ctrl, func() { w.Find(true) })))
}

func (m *menus) view() *fyne.Menu {
	w := m.window
	mode := func(label string, mode look.Mode) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, watch.Wrap("menu "+label, func() { w.setMode(mode) }))
		m.modes = append(m.modes, i)
		return i
	}
	m.contrast = fyne.NewMenuItem("High contrast", watch.Wrap("menu High contrast", w.toggleContrast))
	size := fyne.NewMenuItem("Size of everything", nil)
	size.ChildMenu = fyne.NewMenu("")
	for _, s := range scales {
		i := fyne.NewMenuItem(s.name, watch.Wrap("menu size", func() { w.setScale(s.scale) }))
		m.scales = append(m.scales, i)
		size.ChildMenu.Items = append(size.ChildMenu.Items, i)
	}
	return fyne.NewMenu("View",
		mode("As the system", look.FollowSystem), mode("Light", look.AlwaysLight), mode("Dark", look.AlwaysDark), m.contrast,
		fyne.NewMenuItemSeparator(), size,
		fyne.NewMenuItemSeparator(),
		m.docItem(m.item("Next problem (F8)", func() { w.nextProblem(false) })),
		m.docItem(m.item("Previous problem (Shift+F8)", func() { w.nextProblem(true) })),
		m.docItem(m.item("Order of the file", func() { w.doc.SortFileOrder() })))
}

func (m *menus) imports() *fyne.Menu {
	w := m.window
	return fyne.NewMenu("Import",
		m.docItem(m.key("Preview import", fyne.KeyReturn, ctrlShift, func() { w.Preview(false) })),
		m.docItem(m.item("Preview the valid rows only", func() { w.Preview(true) })),
		m.docItem(m.item("Match columns…", func() { w.goTo(stepColumns) })),
		fyne.NewMenuItemSeparator(),
		m.acctItem(m.item("Earlier imports", func() { w.goTo(stepImport) })))
}

func (m *menus) account() *fyne.Menu {
	w := m.window
	return fyne.NewMenu("Account",
		m.item("Choose an account…", func() { w.accountMenu(w.bar.account) }),
		m.acctItem(m.item("Sync now", w.SyncNow)),
		fyne.NewMenuItemSeparator(),
		m.item("Add an account…", w.accounts.Add),
		m.item("Manage accounts…", w.accounts.Manage),
		m.item("Work from an exported user list…", w.askUserList),
		m.item("Practice account", w.usePractice))
}

func (m *menus) help() *fyne.Menu {
	w := m.window
	return fyne.NewMenu("Help",
		m.item("Keyboard", w.showKeys),
		m.item("The columns and their rules", w.showRules),
		m.item("Try it with sample data", w.OpenSample),
		fyne.NewMenuItemSeparator(),
		m.item("Save a support bundle…", w.SaveSupport),
		m.item("Licences", w.showLicences),
		m.item("About Rollcall", w.showAbout))
}

// update brings labels and what can be used up to date; the menu is built anew
// only where something differs.
func (m *menus) update() {
	undo, redo := "Undo", "Redo"
	undoes, redoes := m.window.undoLabels()
	if undoes != "" {
		undo += ": " + undoes
	}
	if redoes != "" {
		redo += ": " + redoes
	}
	m.undo.Label, m.redo.Label = bidi.Visual(undo), bidi.Visual(redo)
	m.enable()
	now := undo + "|" + redo + "|" + m.window.prefsKey()
	if m.window.doc != nil {
		now += "|doc"
	}
	if m.window.hasSheets() {
		now += "|sheets"
	}
	if m.window.bench.Current() != nil {
		now += "|account"
	}
	if now != m.shown {
		first := m.shown == ""
		m.shown = now
		if !first {
			m.main.Refresh()
		}
	}
}

func (m *menus) enable() {
	w := m.window
	for _, i := range m.needDoc {
		i.Disabled = w.doc == nil
	}
	m.another.Disabled = !w.hasSheets()
	known := w.bench.Current() != nil
	for _, i := range m.needAcct {
		i.Disabled = !known
	}
	for i, mode := range []look.Mode{look.FollowSystem, look.AlwaysLight, look.AlwaysDark} {
		m.modes[i].Checked = w.prefs.Mode == mode
	}
	m.contrast.Checked = w.prefs.Contrast
	for i, s := range scales {
		m.scales[i].Checked = w.prefs.Scale == s.scale
	}
}
