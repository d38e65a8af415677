package ui

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rollcall/internal/problem"
	"rollcall/internal/store"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/start"
	"rollcall/ui/watch"
)

// maxRecents is how many recent files the start screen lists.
const maxRecents = 8

// recents lists the recent files, with the accounts' names by their profiles'
// IDs; which of the files are gone is looked up in the background.
func (w *Window) recents(names map[string]string) []start.Recent {
	all := w.bench.Store().Recents()
	all = all[:min(len(all), maxRecents)]
	list := make([]start.Recent, len(all))
	paths := make([]string, len(all))
	for i, r := range all {
		paths[i] = r.Path
		list[i] = start.Recent{
			Name: filepath.Base(r.Path), Path: r.Path, Gone: w.gone[r.Path],
			About: recentText(r, names[r.Profile], w.gone[r.Path], w.bench.Now()),
		}
	}
	w.lookForGone(paths)
	return list
}

// lookForGone finds out which files are no longer there and lists them anew
// where that has changed. A drive that does not answer holds up neither the
// window nor its closing, so this is no work of the workbench.
func (w *Window) lookForGone(paths []string) {
	w.goneTurn++
	turn := w.goneTurn
	go func() {
		gone := map[string]bool{}
		for _, path := range paths {
			if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
				gone[path] = true
			}
		}
		w.options.Post(func() {
			if turn != w.goneTurn || w.closing || maps.Equal(gone, w.gone) {
				return
			}
			watch.Do("post: recent files", func() {
				w.gone = gone
				if w.step == stepOpen {
					w.refreshStart()
				}
			})
		})
	}()
}

// isRecent says that a file is on the list.
func (w *Window) isRecent(path string) bool {
	return slices.ContainsFunc(w.bench.Store().Recents(), func(r store.Recent) bool { return r.Path == path })
}

// offerForget offers to take a file that is gone off the list.
func (w *Window) offerForget(path string, err error) {
	w.layer.Confirm(ask.Question{
		Title: "“" + filepath.Base(path) + "” was not opened", Text: problem.Sentence(err),
		OK: "Take it off the list", Cancel: "Leave it there",
	}, func() {
		w.background("The list of recent files", func(context.Context, func(workbench.Progress)) error {
			return w.bench.Store().ForgetRecent(path)
		}, func(err error) {
			w.layer.Error("The file is still on the list", err)
			w.refreshStart()
		})
	})
}

// recentText is the quiet line of a recent file.
func recentText(r store.Recent, account string, gone bool, now time.Time) string {
	text := ""
	if account != "" {
		text = account + " · "
	}
	switch {
	case gone:
		return text + "no longer there · " + day(r.Opened, now)
	case !r.Imported.IsZero() && !r.Imported.Before(r.Opened.Add(-24*time.Hour)):
		return text + "imported " + day(r.Imported, now)
	case r.Errors == 1:
		text += "1 error left · "
	case r.Errors > 1:
		text += look.Count(r.Errors) + " errors left · "
	}
	return text + day(r.Opened, now)
}
