package push

import "time"

// window is how far back the rate looks.
const window = 15 * time.Second

// meter tells the rate of what was observed lately.
type meter struct {
	now   func() time.Time
	start time.Time
	marks []mark
}

type mark struct {
	at   time.Time
	done int
}

func newMeter(now func() time.Time) *meter {
	t := now()
	return &meter{now: now, start: t, marks: []mark{{at: t}}}
}

// at notes how many are done by now. Marks closer than a tenth of a second are
// one.
func (m *meter) at(done int) {
	t := m.now()
	last := len(m.marks) - 1
	if last > 0 && t.Sub(m.marks[last].at) < window/150 {
		m.marks[last].done = done
		return
	}
	m.marks = append(m.marks, mark{at: t, done: done})
	for len(m.marks) > 2 && t.Sub(m.marks[1].at) > window {
		m.marks = m.marks[1:]
	}
}

// skip forgets a pause: the time of it counts for nothing.
func (m *meter) skip(d time.Duration) {
	for i := range m.marks {
		m.marks[i].at = m.marks[i].at.Add(d)
	}
}

// rate is how many a second, 0 while that cannot be told.
func (m *meter) rate() float64 {
	first, last := m.marks[0], m.marks[len(m.marks)-1]
	took := m.now().Sub(first.at).Seconds()
	if took < 0.5 || last.done <= first.done {
		return 0
	}
	return float64(last.done-first.done) / took
}

// left is the time for what is left at that rate.
func (m *meter) left(todo int) (time.Duration, bool) {
	r := m.rate()
	if r <= 0 {
		return 0, todo == 0
	}
	return time.Duration(float64(todo) / r * float64(time.Second)), true
}
