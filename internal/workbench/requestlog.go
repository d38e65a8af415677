package workbench

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"rollcall/internal/store"
)

// requestLog hands the client's record of each request to the journal of the
// import that is under way: method, kind of path, status and duration. The
// client puts no body, header or secret into it.
type requestLog struct {
	to *atomic.Pointer[store.ImportLog]
}

func newRequestLog() requestLog { return requestLog{to: new(atomic.Pointer[store.ImportLog])} }

// Enabled says whether an import is under way.
func (l requestLog) Enabled(context.Context, slog.Level) bool { return l.to.Load() != nil }

// Handle writes one request into the journal.
func (l requestLog) Handle(_ context.Context, r slog.Record) error {
	log := l.to.Load()
	if log == nil || r.Message != "request" {
		return nil
	}
	entry := store.Request{At: r.Time}
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "method":
			entry.Method = a.Value.String()
		case "kind":
			entry.Path = a.Value.String()
		case "status":
			entry.Status = int(a.Value.Int64())
		case "took":
			entry.Took = a.Value.Duration().Round(time.Microsecond)
		case "failed":
			entry.Note = "no answer"
		}
		return true
	})
	log.LogRequest(entry)
	return nil
}

// WithAttrs and WithGroup are part of slog.Handler; the client uses neither.
func (l requestLog) WithAttrs([]slog.Attr) slog.Handler { return l }

// WithGroup is WithAttrs' sister.
func (l requestLog) WithGroup(string) slog.Handler { return l }
