package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"time"
)

//go:embed *.html.tmpl
var pages embed.FS

var page = template.Must(template.New("").Funcs(template.FuncMap{
	"when":   func(t time.Time) string { return t.Format("2 January 2006, 15:04") },
	"row":    func(l Line) string { return l.number() },
	"safe":   Neutral,
	"plural": func(n int, one, many string) string { return fmt.Sprintf("%d %s", n, pick(n == 1, one, many)) },
}).ParseFS(pages, "*.html.tmpl"))

func pick(ok bool, yes, no string) string {
	if ok {
		return yes
	}
	return no
}

// writePage writes a page that stands alone: no script, nothing loaded.
func writePage(w io.Writer, name string, data any) error {
	if err := page.ExecuteTemplate(w, name+".html.tmpl", data); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
