//go:build !linux

package watch

import "time"

// queued is not known here.
func queued() time.Duration { return 0 }
