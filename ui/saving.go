package ui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/pick"
	"rollcall/ui/words"
)

var (
	csvFormat  = pick.Format{Name: "CSV", Ending: ".csv"}
	xlsxFormat = pick.Format{Name: "Excel", Ending: ".xlsx"}
	htmlFormat = pick.Format{Name: "Page to print", Ending: ".html"}
	jsonFormat = pick.Format{Name: "JSON", Ending: ".json"}
)

// Save writes the open file back where it came from.
func (w *Window) Save() { w.saveThen(nil) }

// saveThen saves; then, if not nil, is called once that is done.
func (w *Window) saveThen(then func()) {
	if w.doc == nil {
		return
	}
	w.fix.Commit()
	if w.doc.Path() == "" || w.doc.Options().Salvage {
		w.saveAsThen(then)
		return
	}
	w.write(w.doc, w.doc.SaveInput(), "", false, then)
}

// SaveAs writes the open file under another name.
func (w *Window) SaveAs() { w.saveAsThen(nil) }

func (w *Window) saveAsThen(then func()) {
	d := w.doc
	if d == nil {
		return
	}
	own := "." + d.Facts().Format
	formats := []pick.Format{csvFormat, xlsxFormat}
	if own == xlsxFormat.Ending {
		formats = []pick.Format{xlsxFormat, csvFormat}
	}
	w.picker.Save("Save as", d.Name(), formats, func(path string) {
		if strings.EqualFold(filepath.Ext(path), own) && !d.Options().Salvage {
			w.write(d, d.SaveInput(), path, false, then)
			return
		}
		in := d.SaveInput()
		w.writeFile("Saving a copy", path, func(ctx context.Context) error { return w.bench.WriteWhole(ctx, in, path) }, func() {
			w.layer.Say(look.Good, "A copy is saved as "+filepath.Base(path)+". You go on with "+d.Name()+".")
			if then != nil {
				then()
			}
		})
	})
}

// write saves the document as it stands in in; what is in the way is asked about.
func (w *Window) write(d *workbench.Document, in workbench.SaveInput, path string, force bool, then func()) {
	w.busy++
	finish := func() { w.busy-- }
	ask.WorkOr(w.layer, w.bench, "Saving "+d.Name(), func(ctx context.Context, _ func(workbench.Progress)) (workbench.Saved, error) {
		return w.bench.Save(ctx, in, path, force)
	}, func(s workbench.Saved) {
		finish()
		w.saved(d, s)
		if then != nil {
			then()
		}
	}, func(err error) {
		finish()
		w.saveFailed(in, err, then, func(in workbench.SaveInput, force bool) { w.write(d, in, path, force, then) })
	})
}

// saveFailed says what is in the way, and offers what there is to do.
func (w *Window) saveFailed(in workbench.SaveInput, err error, then func(), again func(in workbench.SaveInput, force bool)) {
	q := ask.Question{Text: problem.Sentence(err), Other: "Save under another name", OtherDo: func() { w.saveAsThen(then) }}
	switch {
	case errors.Is(err, workbook.ErrChangedOnDisk), errors.Is(err, workbook.ErrInUse):
		q.Title, q.OK, q.Danger = "The file was changed elsewhere", "Overwrite it", true
		w.layer.Confirm(q, func() { again(in, true) })
	case errors.Is(err, workbook.ErrEncoding) && !in.Unicode():
		q.Title, q.OK = "The file was not saved", "Save it in UTF-8"
		w.layer.Confirm(q, func() { again(in.InUTF8(), false) })
	default:
		w.layer.Error("The file was not saved", err)
	}
}

func (w *Window) saved(d *workbench.Document, s workbench.Saved) {
	d.MarkSaved(s)
	text := "Saved as " + filepath.Base(s.Path) + "."
	if len(s.NewColumns) > 0 {
		text += " New columns hold what has no place in the file’s own: " + strings.Join(s.NewColumns, ", ") + "."
	}
	w.layer.Say(look.Good, text)
	w.remember(d)
	w.updateBar()
}

// writeFile writes something in the background; done is called when it is
// there.
func (w *Window) writeFile(title, _ string, work func(ctx context.Context) error, done func()) {
	w.busy++
	ask.WorkOr(w.layer, w.bench, title, func(ctx context.Context, _ func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, work(ctx)
	}, func(struct{}) {
		w.busy--
		done()
	}, func(err error) {
		w.busy--
		w.layer.Error(title+" did not work", err)
	})
}

// told gives a function that says that a file was written.
func (w *Window) told(what, path string) func() {
	return func() { w.layer.Say(look.Good, what+" is saved as "+path+".") }
}

// base is the open file's name without its ending.
func (w *Window) base() string {
	if w.doc == nil {
		return "users"
	}
	name := w.doc.Name()
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// Export writes the exact template for the vendor's page: the whole sheet, or,
// from the preview, what was left in there.
func (w *Window) Export() {
	if w.step == stepPreview && w.doc != nil && !w.preview.Reverse() {
		w.preview.Export()
		return
	}
	w.exportWithout(nil)
}

// exportWithout exports all rows but those that are left out.
func (w *Window) exportWithout(left map[sheet.RowID]bool) {
	d := w.doc
	if d == nil {
		return
	}
	w.fix.Commit()
	note := ""
	if n := len(left); n > 0 {
		note = " " + words.Plural(n, "row is", "rows are") + " left out, as in the preview."
	}
	w.picker.Save("Export for upload", w.base()+"-upload", []pick.Format{csvFormat}, func(path string) {
		in := d.SaveInput().Without(left)
		ask.Work(w.layer, w.bench, "Exporting for upload", func(context.Context, func(workbench.Progress)) ([]string, error) {
			return in.Replaced(path), nil
		}, func(there []string) {
			if len(there) == 0 {
				w.exportTo(in, path, note)
				return
			}
			w.layer.Confirm(ask.Question{
				Title: "Replace the files?",
				Text:  "The export is written in parts, and " + words.Plural(len(there), "file", "files") + " of that name, beginning with “" + filepath.Base(there[0]) + "”, would be replaced.",
				OK:    "Replace", Cancel: "Cancel", Danger: true,
			}, func() { w.exportTo(in, path, note) })
		})
	})
}

// exportTo writes the export; note is what is said of it besides.
func (w *Window) exportTo(in workbench.SaveInput, path, note string) {
	var files []string
	w.writeFile("Exporting for upload", path, func(ctx context.Context) (err error) {
		files, err = w.bench.Export(ctx, in, path)
		return err
	}, func() {
		if len(files) == 1 {
			w.layer.Say(look.Good, "The export is saved as "+path+"."+note)
			return
		}
		w.layer.Say(look.Good, "The export is saved in "+look.Count(len(files))+" parts of at most "+look.Count(plan.MaxRows)+" users, beginning with "+filepath.Base(files[0])+"."+note)
	})
}

func (w *Window) saveErrorReport() {
	d := w.doc
	if d == nil {
		return
	}
	w.fix.Commit()
	w.picker.Save("Save error report", w.base()+"-errors", []pick.Format{xlsxFormat, csvFormat, htmlFormat}, func(path string) {
		in := d.ReportInput()
		w.writeFile("Saving the error report", path, func(ctx context.Context) error { return w.bench.ErrorReport(ctx, in, path) },
			w.told("The error report", path))
	})
}

func (w *Window) saveTemplate() {
	w.picker.Save("Save an empty template", "users", []pick.Format{xlsxFormat, csvFormat}, func(path string) {
		w.writeFile("Saving the template", path, func(ctx context.Context) error { return w.bench.Template(ctx, path) },
			w.told("The template", path))
	})
}

func (w *Window) saveFilled() {
	w.picker.Save("Save the account’s users", "users", []pick.Format{xlsxFormat, csvFormat}, func(path string) {
		w.writeFile("Saving the account’s users", path, func(ctx context.Context) error { return w.bench.FilledTemplate(ctx, path) },
			w.told("The sheet of users", path))
	})
}

func (w *Window) savePlan(p *workbench.Planned, left map[sheet.RowID]bool) {
	w.picker.Save("Save this preview", w.base()+"-preview", []pick.Format{xlsxFormat, csvFormat, jsonFormat}, func(path string) {
		w.writeFile("Saving the preview", path, func(ctx context.Context) error { return w.bench.SavePlan(ctx, p.Without(left).Plan, path) },
			w.told("The preview", path))
	})
}

func (w *Window) saveImportReport(id string) {
	w.picker.Save("Save report", w.base()+"-import", []pick.Format{xlsxFormat, csvFormat, htmlFormat}, func(path string) {
		w.writeFile("Saving the report", path, func(ctx context.Context) error { return w.bench.SaveImportReport(ctx, id, path) },
			w.told("The report", path))
	})
}

func (w *Window) saveRefused(i *workbench.Import) {
	w.picker.Save("Save the rows", w.base()+"-refused", []pick.Format{csvFormat, xlsxFormat}, func(path string) {
		rows, p := i.Results(), i.Plan().Plan
		w.writeFile("Saving the rows", path, func(ctx context.Context) error { return w.bench.SaveRows(ctx, rows, p, path) },
			w.told("The list of rows", path))
	})
}
