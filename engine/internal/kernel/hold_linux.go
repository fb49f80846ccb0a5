package kernel

import (
	"fmt"
	"runtime/debug"

	llsyscall "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// mostThreads is more than a process needs whose renders come one after the other.
const mostThreads = 512

// Hold confines the process for good, and tells what holds: from now on it reads nothing but
// the objects of these repositories (folders with `objects`) and what it has open already.
// What is forbidden fails with EPERM or EACCES. No error ends it: what an old kernel cannot hold is told.
func Hold(repositories []string) []Defence {
	debug.SetMaxThreads(mostThreads)
	privileges := llsyscall.AllThreadsPrctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
	abi, files := restrictFiles(ObjectFolders(repositories))
	// The limits are set before seccomp, which lets nobody set any.
	limits := limit(engineLimits)
	return []Defence{
		defence(noNewPrivileges, "no program gives the process more rights", privileges),
		defence(landlocked, fmt.Sprintf("ABI %d: reads nothing but the objects of its repositories, writes nothing", abi), files),
		defence(limited, "open files, size of files, core dumps", limits),
		defence(seccomped, "no programs, no processes, no sockets, no signals to others, no files to write, no new code", restrictSyscalls()),
	}
}
