package push

import (
	"context"
	"sync"
)

// Control pauses, goes on with and stops a run, from any goroutine. The zero
// value is ready.
type Control struct {
	mu      sync.Mutex
	gate    chan struct{} // closed when not paused; nil is not paused
	stopped chan struct{}
	done    bool
}

// Pause holds the run before its next request; what is under way is finished.
func (c *Control) Pause() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gate == nil && !c.done {
		c.gate = make(chan struct{})
	}
}

// Continue ends a pause.
func (c *Control) Continue() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open()
}

func (c *Control) open() {
	if c.gate != nil {
		close(c.gate)
		c.gate = nil
	}
}

// Stop lets what is under way finish and begins nothing more. The rows left
// are not tried.
func (c *Control) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		return
	}
	c.done = true
	if c.stopped == nil {
		c.stopped = make(chan struct{})
	}
	close(c.stopped)
	c.open()
}

// Paused says whether the run is held.
func (c *Control) Paused() bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gate != nil
}

// Stopped says whether Stop was called.
func (c *Control) Stopped() bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.done
}

// wait returns when the run may go on, and says whether it shall.
func (c *Control) wait(ctx context.Context) bool {
	if c == nil {
		return ctx.Err() == nil
	}
	for {
		c.mu.Lock()
		gate, done := c.gate, c.done
		c.mu.Unlock()
		if done || ctx.Err() != nil {
			return false
		}
		if gate == nil {
			return true
		}
		select {
		case <-gate:
		case <-ctx.Done():
			return false
		}
	}
}
