package practice

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// conns knows which connections have a request under way, so that closing
// waits for those and for no idle or unused one.
type conns struct {
	mu     sync.Mutex
	active map[net.Conn]bool
	calm   chan struct{} // closed when none is active, once waited for
}

func newConns() *conns { return &conns{active: map[net.Conn]bool{}} }

func (c *conns) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateActive {
		c.active[conn] = true
		return
	}
	delete(c.active, conn)
	if c.calm != nil && len(c.active) == 0 {
		close(c.calm)
		c.calm = nil
	}
}

// wait returns when no connection is active, or after the time.
func (c *conns) wait(most time.Duration) {
	c.mu.Lock()
	if len(c.active) == 0 {
		c.mu.Unlock()
		return
	}
	calm := make(chan struct{})
	c.calm = calm
	c.mu.Unlock()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-calm:
	case <-timer.C:
	}
}
