package memory

import "syscall"

// capData has the system refuse memory above so many bytes: a single allocation of a
// template can be larger than the machine, and no watcher is quick enough for that. The Go
// runtime then ends the process with "out of memory".
func capData(bytes uint64) {
	limit := syscall.Rlimit{Cur: bytes, Max: bytes}
	// Without the limit the watcher is still there.
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &limit)
}
