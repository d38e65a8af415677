package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"rollcall/internal/problem"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/words"
)

// accountMenu lists the accounts and what can be done with them.
func (w *Window) accountMenu(below fyne.CanvasObject) {
	current, list := "", ""
	if a := w.bench.Current(); a != nil {
		current = a.Profile.ID
		if a.List {
			list = a.Profile.Name
		}
	}
	var items []*fyne.MenuItem
	add := func(id, name string) {
		i := ask.MenuItem(name, func() { w.selectAccount(id) })
		i.Checked = id == current
		items = append(items, i)
	}
	for _, a := range w.bench.Accounts() {
		name := a.Profile.Name
		if a.Profile.Production {
			name += " (production)"
		}
		add(a.Profile.ID, name)
	}
	add(practiceID, "Practice account")
	if list != "" {
		i := ask.MenuItem("User list "+list, func() {})
		i.Checked = true
		items = append(items, i)
	}
	items = append(items, fyne.NewMenuItemSeparator())
	if current != "" && list == "" {
		items = append(items, ask.MenuItem("Sync now", w.SyncNow))
	}
	if current != "" {
		items = append(items, ask.MenuItem("Work without an account", w.unselect))
	}
	items = append(items, ask.MenuItem("Work from an exported user list…", w.askUserList),
		ask.MenuItem("Add an account…", w.accounts.Add), ask.MenuItem("Manage accounts…", w.accounts.Manage))
	w.layer.MenuBelow(below, items...)
}

// selectAccount chooses an account and brings its copy up to date.
func (w *Window) selectAccount(id string) {
	if id == practiceID {
		w.usePractice()
		return
	}
	ask.Work(w.layer, w.bench, "Choosing the account", func(ctx context.Context, _ func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, w.bench.Select(ctx, id)
	}, func(struct{}) { w.accountChosen(true) })
}

func (w *Window) usePractice() {
	ask.Work(w.layer, w.bench, "Starting the practice account", func(ctx context.Context, _ func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, w.bench.StartPractice(ctx)
	}, func(struct{}) { w.accountChosen(false) })
}

func (w *Window) unselect() {
	if err := w.bench.Unselect(); err != nil {
		w.layer.Error("The choice could not be kept", err)
	}
	w.accountChosen(false)
}

// accountChosen follows a change of account: the open sheet is checked anew,
// and a plan that is shown is made anew. sync brings the copy up to date
// quietly; when it fails, the account's state says so.
func (w *Window) accountChosen(sync bool) {
	w.planned = nil
	w.accountSynced()
	a := w.bench.Current()
	switch {
	case w.step == stepPreview:
		w.leavePlan() // a comparison brings the copy up to date itself
		return
	case w.step == stepImport:
		w.loadHistory()
	}
	switch {
	case !sync || a == nil || a.Profile.Practice:
		return
	case a.SyncedAt.IsZero() && !a.List:
		w.firstSync()
		return
	}
	w.background("", func(ctx context.Context, report func(workbench.Progress)) error {
		ctx, cancel := context.WithTimeout(ctx, syncQuiet)
		defer cancel()
		return w.bench.SyncNow(ctx, report)
	}, func(err error) {
		w.accountSynced()
		if err != nil {
			w.layer.SayWith(look.Warning, problem.Sentence(err)+" You go on with the last copy of the account.", "Try again", w.SyncNow)
		}
	})
}

// leavePlan leaves the plan on screen, which belongs to the account that was
// chosen before: the sheet is compared with the one that is chosen now.
func (w *Window) leavePlan() {
	switch validOnly := w.preview.ValidOnly(); {
	case w.doc == nil:
		w.goTo(stepOpen)
	case w.preview.Reverse():
		w.show(stepFix)
	default:
		w.show(stepFix)
		w.Preview(validOnly)
	}
}

// accountSynced shows the account's state anew and checks the open sheet
// against its copy, if that is another one now.
func (w *Window) accountSynced() {
	w.updateAccount()
	if dir := w.bench.Directory(); w.doc != nil && dir != w.checked {
		w.checked = dir
		w.doc.Recheck(dir, nil)
	}
	if w.step == stepOpen {
		w.refreshStart()
	}
	w.updateBar()
}

// firstSync reads an account of which there is no copy yet, with its progress:
// a large one takes minutes, and can be given up.
func (w *Window) firstSync() {
	w.readAccount(func() {}, func(err error) { w.layer.SayWith(look.Warning, problem.Sentence(err), "Try again", w.SyncNow) })
}

// SyncNow reads the account anew, with its progress.
func (w *Window) SyncNow() {
	switch a := w.bench.Current(); {
	case a == nil:
		return
	case a.List:
		w.layer.Say(look.Info, "You work from a user list, which has no account behind it to sync with. Choose the list again when there is a newer one.")
		return
	}
	w.readAccount(func() {
		if a := w.bench.Current(); a != nil {
			w.layer.Say(look.Good, "The copy of "+a.Profile.Name+" is up to date: "+words.Plural(a.Users, "user", "users")+".")
		}
	}, func(err error) { w.layer.Error("The account could not be read", err) })
}

// readAccount brings the copy up to date, with its progress. One of done and
// failed is told, but for a reading that was given up.
func (w *Window) readAccount(done func(), failed func(error)) {
	ask.WorkOr(w.layer, w.bench, "Reading the account", func(ctx context.Context, report func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, w.bench.SyncNow(ctx, report)
	}, func(struct{}) {
		w.accountSynced()
		done()
	}, func(err error) {
		w.accountSynced()
		failed(err)
	})
}

// accountsChanged follows the account cards: a new account is chosen.
func (w *Window) accountsChanged(id string) {
	if w.step == stepOpen {
		w.refreshStart()
	}
	current := w.bench.Current()
	switch {
	case id != "" && (current == nil || current.Profile.ID == id || current.Profile.Practice):
		w.selectAccount(id)
	default:
		w.accountSynced()
	}
}
