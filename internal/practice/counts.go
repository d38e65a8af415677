package practice

import (
	"maps"
	"sync"
)

// Counts tells what was asked of the account.
type Counts struct {
	// Total is the number of requests, refused ones included.
	Total int
	// ByKind counts them by method and route: "POST /Users", "PATCH /Groups/{id}".
	ByKind map[string]int
	// BulkOperations counts the operations inside bulk requests.
	BulkOperations int
	// Creations counts the users that were made, by userName in lower case.
	Creations map[string]int
	// MaxInFlight is the most requests that were under way at one time.
	MaxInFlight int
}

type counter struct {
	mu       sync.Mutex
	counts   Counts
	inFlight int
}

func newCounter() *counter {
	return &counter{counts: Counts{ByKind: map[string]int{}, Creations: map[string]int{}}}
}

// enter counts a request; leave ends it.
func (c *counter) enter(kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts.Total++
	c.counts.ByKind[kind]++
	c.inFlight++
	c.counts.MaxInFlight = max(c.counts.MaxInFlight, c.inFlight)
}

func (c *counter) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.inFlight--
}

func (c *counter) operations(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts.BulkOperations += n
}

func (c *counter) created(names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range names {
		c.counts.Creations[name]++
	}
}

// Counts gives a copy of what was counted since the start or the last reset.
func (s *Server) Counts() Counts {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	out := s.counts.counts
	out.ByKind, out.Creations = maps.Clone(out.ByKind), maps.Clone(out.Creations)
	return out
}

// ResetCounts begins counting anew.
func (s *Server) ResetCounts() {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	s.counts.counts = Counts{ByKind: map[string]int{}, Creations: map[string]int{}}
}
