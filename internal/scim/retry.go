package scim

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxRetryAfter bounds what an account may ask for; more is an error of its own.
const maxRetryAfter = 10 * time.Minute

// retryAfter reads Retry-After (RFC 9110, 10.2.3): seconds, also with a
// fraction as some servers send them, or an HTTP date. It is 0 where there is
// none, or where it makes no sense.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if s, err := strconv.ParseFloat(strings.TrimSuffix(text, "s"), 64); err == nil {
		if !(s > 0) {
			return 0
		}
		if s > maxRetryAfter.Seconds() {
			return maxRetryAfter
		}
		return time.Duration(s * float64(time.Second))
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	// A date counts whole seconds by the account's clock, where it tells it.
	if server, err := http.ParseTime(h.Get("Date")); err == nil {
		now = server
	}
	wait := at.Sub(now)
	switch {
	case wait <= 0:
		return time.Second
	case wait > maxRetryAfter:
		return maxRetryAfter
	}
	return wait
}

// holder makes all requests wait when the account asked one of them to.
type holder struct {
	mu sync.Mutex
	at time.Time
}

func (h *holder) until(t time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t.After(h.at) {
		h.at = t
	}
}

func (h *holder) wait(ctx context.Context, now func() time.Time) error {
	for {
		h.mu.Lock()
		left := h.at.Sub(now())
		h.mu.Unlock()
		if left <= 0 {
			return ctx.Err()
		}
		if err := sleep(ctx, left+jitter(min(left/4, time.Second))); err != nil {
			return err
		}
	}
}
