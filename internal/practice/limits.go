package practice

import (
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits decides which requests are too many, and which ones a fault hits.
type limits struct {
	mu      sync.Mutex
	q       Set
	dice    *rand.Rand
	bucket  *rate.Limiter
	creates []time.Time // of the last minute, oldest first
}

func newLimits(q Set) *limits {
	l := &limits{q: q, dice: rand.New(rand.NewPCG(uint64(q.number(FailSeed, 1)), 0))}
	if n := q.number(RateLimit, 0); n > 0 {
		l.bucket = rate.NewLimiter(rate.Limit(n), n)
	}
	return l
}

// throw picks the fault that hits the next request, or "".
func (l *limits) throw() Name {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.dice.Float64()
	for _, name := range []Name{Fail500, Fail503, Fail429, DropBefore, DropAfter, CutShort, Hang, SlowDrip, HTMLError} {
		share := l.q.share(name)
		if u < share {
			return name
		}
		u -= share
	}
	return ""
}

// wait gives how long the next request would have to wait, 0 if it may go.
func (l *limits) wait(now time.Time) time.Duration {
	if l.bucket == nil {
		return 0
	}
	r := l.bucket.ReserveN(now, 1)
	d := r.DelayFrom(now)
	if d > 0 {
		r.CancelAt(now)
	}
	return d
}

// waitCreate does the same for new users, by the minute.
func (l *limits) waitCreate(now time.Time) time.Duration {
	n := l.q.number(CreatesPerMinute, 0)
	if n == 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.creates) > 0 && now.Sub(l.creates[0]) >= time.Minute {
		l.creates = l.creates[1:]
	}
	if len(l.creates) >= n {
		return time.Minute - now.Sub(l.creates[0])
	}
	l.creates = append(l.creates, now)
	return 0
}

// retryAfter sets the header (RFC 9110 §10.2.3) in the form that is wanted.
func retryAfter(q Set, header http.Header, now time.Time, wait time.Duration) {
	switch q[RetryAfter] {
	case "absent":
	case "fraction":
		header.Set("Retry-After", strconv.FormatFloat(math.Ceil(wait.Seconds()*1000)/1000, 'f', -1, 64))
	case "date":
		header.Set("Retry-After", now.Add(wait).Add(time.Second-1).UTC().Truncate(time.Second).Format(http.TimeFormat))
	default:
		header.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
}
