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
	writes  *rate.Limiter
	creates []time.Time // of the last hour, oldest first
}

func newLimits(q Set) *limits {
	l := &limits{q: q, dice: rand.New(rand.NewPCG(uint64(q.number(FailSeed, 1)), 0))}
	if n := q.number(RateLimit, 0); n > 0 {
		l.bucket = rate.NewLimiter(rate.Limit(n), n)
	}
	if n := q.number(WritesPerSecond, 0); n > 0 {
		l.writes = rate.NewLimiter(rate.Limit(n), n)
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
func (l *limits) wait(now time.Time, writes bool) time.Duration {
	if d := reserve(l.bucket, now); d > 0 || !writes {
		return d
	}
	return reserve(l.writes, now)
}

// reserve takes a place in a bucket, or says when there will be one.
func reserve(bucket *rate.Limiter, now time.Time) time.Duration {
	if bucket == nil {
		return 0
	}
	r := bucket.ReserveN(now, 1)
	d := r.DelayFrom(now)
	if d > 0 {
		r.CancelAt(now)
	}
	return d
}

// waitCreate does the same for new users, by the minute and by the hour.
func (l *limits) waitCreate(now time.Time) time.Duration {
	minute, hour := l.q.number(CreatesPerMinute, 0), l.q.number(CreatesPerHour, 0)
	if minute == 0 && hour == 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.creates) > 0 && now.Sub(l.creates[0]) >= time.Hour {
		l.creates = l.creates[1:]
	}
	if d := max(l.full(now, minute, time.Minute), l.full(now, hour, time.Hour)); d > 0 {
		return d
	}
	l.creates = append(l.creates, now)
	return 0
}

// full says when fewer than n users will have been made in the span before, 0
// if it is so now; n = 0 is no limit.
func (l *limits) full(now time.Time, n int, span time.Duration) time.Duration {
	if n == 0 || len(l.creates) < n {
		return 0
	}
	return max(0, span-now.Sub(l.creates[len(l.creates)-n]))
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
