package kernel

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// limits are the most that a process may have, by what setrlimit calls them.
type limits map[int]uint64

// engineLimits: a repository has a descriptor for each of its packs. Other processes are
// seccomp's matter: RLIMIT_NPROC counts all of the user's.
var engineLimits = limits{unix.RLIMIT_NOFILE: 4096, unix.RLIMIT_FSIZE: 0, unix.RLIMIT_CORE: 0}

// limit lowers limits for good. One that is lower already stays.
func limit(all limits) error {
	for resource, most := range all {
		var now unix.Rlimit
		if err := unix.Getrlimit(resource, &now); err != nil {
			return fmt.Errorf("getrlimit: %w", err)
		}
		to := unix.Rlimit{Cur: min(most, now.Cur), Max: min(most, now.Max)}
		if err := unix.Setrlimit(resource, &to); err != nil {
			return fmt.Errorf("setrlimit: %w", err)
		}
	}
	return nil
}
