package kernel

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// dropCapabilities takes from the thread, and from all that it starts, what root may do and
// others may not: with some of it another process's memory could be read past Landlock. For
// another user than root there is nothing to take.
func dropCapabilities() error {
	for capability := uintptr(0); capability <= unix.CAP_LAST_CAP; capability++ {
		// Who may not drop it does not have it; an old kernel does not know the newest.
		_ = unix.Prctl(unix.PR_CAPBSET_DROP, capability, 0, 0, 0)
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&header, &none[0]); err != nil {
		return fmt.Errorf("capset: %w", err)
	}
	return nil
}
