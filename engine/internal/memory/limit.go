// Package memory ends the process before it takes the machine's memory, or calls itself without end.
package memory

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// ExitCode tells the client that the limit was reached (src/engine/protocol/messages.ts).
const ExitCode = 77

// DepthExitCode tells the client that calls without end were stopped.
const DepthExitCode = 78

// mostStack is above what Helm's own limit of a thousand includes needs (24 MB with eight blocks around
// each). Helm has none for `tpl` (https://github.com/helm/helm/blob/main/pkg/engine/engine.go): a template
// that renders itself so comes here in a second, and would be at the memory's limit after twenty.
const mostStack = 48 << 20

// interval is how often the memory is looked at: a render allocates at most a few hundred
// megabytes in that time.
const interval = 20 * time.Millisecond

// Limit watches what the process holds and ends it above so many bytes, or where the stacks are larger than
// those of calls that come to an end; 0 watches nothing.
// Below the limit the garbage collector works harder instead.
func Limit(bytes int64) {
	if bytes <= 0 {
		return
	}
	debug.SetMemoryLimit(bytes - bytes/8)
	// More than the watcher's limit, so that it is the one that speaks where it can.
	capData(uint64(bytes + bytes/4))
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
		for range time.Tick(interval) {
			metrics.Read(sample)
			if sample[2].Value.Uint64() >= mostStack {
				fmt.Fprintln(os.Stderr, "calls nested too deep")
				os.Exit(DepthExitCode)
			}
			if held := sample[0].Value.Uint64() - sample[1].Value.Uint64(); held > uint64(bytes) {
				fmt.Fprintf(os.Stderr, "memory limit of %d bytes reached\n", bytes)
				os.Exit(ExitCode)
			}
		}
	}()
}
