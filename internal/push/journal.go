package push

import "sync"

// Memory is a Journal that lasts as long as the process. The zero value is
// ready.
type Memory struct {
	mu      sync.Mutex
	entries map[int]Outcome
}

var _ Journal = (*Memory)(nil)

// Intend notes the entries as begun.
func (m *Memory) Intend(entries []int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entries == nil {
		m.entries = make(map[int]Outcome)
	}
	for _, e := range entries {
		if _, known := m.entries[e]; !known {
			m.entries[e] = Outcome{Entry: e}
		}
	}
	return nil
}

// Done notes an outcome.
func (m *Memory) Done(o Outcome) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entries == nil {
		m.entries = make(map[int]Outcome)
	}
	m.entries[o.Entry] = o
	return nil
}

// Recorded gives a copy of what was noted.
func (m *Memory) Recorded() (map[int]Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make(map[int]Outcome, len(m.entries))
	for e, o := range m.entries {
		out[e] = o
	}
	return out, nil
}
