//go:build !linux

package watch

import "time"

// queued is not known here.
func queued() time.Duration { return 0 }

// ownTime is not known here.
func ownTime() time.Duration { return 0 }
