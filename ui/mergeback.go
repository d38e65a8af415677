package ui

import (
	"context"

	"rollcall/internal/workbench"
	"rollcall/ui/ask"
)

// mergeReport takes back an error report that was fixed elsewhere.
func (w *Window) mergeReport() {
	d := w.doc
	if d == nil {
		return
	}
	w.picker.Open("Merge a fixed report", []string{".xlsx"}, func(path string) {
		ask.WorkOr(w.layer, w.bench, "Reading the report", func(ctx context.Context, _ func(workbench.Progress)) (workbench.FixedReport, error) {
			return w.bench.ReadBack(ctx, path)
		}, func(fixed workbench.FixedReport) {
			if d != w.doc {
				return
			}
			w.goTo(stepFix)
			w.fix.Commit()
			w.fix.MergeBack(d.Differences(fixed))
		}, func(err error) { w.layer.Error("The report was not merged", err) })
	})
}
