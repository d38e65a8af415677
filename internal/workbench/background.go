package workbench

import (
	"context"
	"sync"
	"sync/atomic"
)

// Progress is how far some work has come.
type Progress struct {
	// What is being done, in one or two words: "Checking".
	What string
	// Done and Total count steps of the work; Total is 0 where it is not known.
	Done, Total int64
	// Share says that the steps mean nothing to people, only what part is done.
	Share bool
}

// Background runs work in a goroutine of its own and brings its result back
// through the Bench's Post. Of several reports of progress that wait to be
// shown, the latest wins. Cancelling ends the work's context; done is called
// all the same, with the context's error. progress may be nil.
func Background[T any](b *Bench, work func(ctx context.Context, report func(Progress)) (T, error), progress func(Progress), done func(T, error)) (cancel func()) {
	ctx, stop := context.WithCancel(b.ctx)
	box := &latest{post: b.post, show: progress}
	b.pending.Add(1)
	b.running.Add(1)
	go func() {
		defer b.pending.Done()
		defer stop()
		result, err := work(ctx, box.put)
		box.close()
		b.post(func() {
			b.running.Add(-1)
			done(result, err)
		})
	}()
	return stop
}

// piecewise does long work on the goroutine that calls it, which owns what the
// work is on, with room between the pieces for whatever else waits: piece does
// the next one and says whether it was the last, and done is called behind it.
// The first piece is done at once. Where the work is stopped, done is not called.
// A tool without a window does all pieces at once.
func (b *Bench) piecewise(piece func() (last bool), done func()) (stop func()) {
	stopped := false
	b.running.Add(1)
	var next func()
	next = func() {
		for !stopped && !piece() {
			if !b.noWork {
				b.post(next)
				return
			}
		}
		b.running.Add(-1)
		if !stopped {
			done()
		}
	}
	next()
	return func() { stopped = true }
}

// Busy says whether background work is under way or its result has not been
// taken in yet.
func (b *Bench) Busy() bool { return b.running.Load() > 0 }

// latest is a box in which the latest report replaces those not yet shown.
type latest struct {
	post   func(func())
	show   func(Progress)
	mu     sync.Mutex
	value  Progress
	queued bool
	closed atomic.Bool
}

func (l *latest) put(p Progress) {
	if l.show == nil || l.closed.Load() {
		return
	}
	l.mu.Lock()
	l.value = p
	waiting := l.queued
	l.queued = true
	l.mu.Unlock()
	if waiting {
		return
	}
	l.post(func() {
		l.mu.Lock()
		p := l.value
		l.queued = false
		l.mu.Unlock()
		if !l.closed.Load() {
			l.show(p)
		}
	})
}

// close drops what has not been shown: the result follows.
func (l *latest) close() { l.closed.Store(true) }
