//go:build !linux

package memory

// capData is for Linux, where the bot runs; elsewhere the watcher has to do.
func capData(uint64) {}
