package kernel

import (
	"os"
	"runtime"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/sys/unix"
)

// allowed are the calls that Go's runtime makes, and those that reading files and answering over
// pipes takes. All others are refused with EPERM: among them are those that start programs,
// open sockets, trace, mount, change rights and names, and those that are not invented yet.
var allowed = []string{
	// Memory.
	"munmap", "madvise", "mincore", "brk",
	// Threads, their signals and their clocks.
	"exit", "exit_group", "futex", "gettid", "getpid", "sigaltstack", "rt_sigprocmask", "rt_sigaction",
	"rt_sigreturn", "restart_syscall", "sched_yield", "sched_getaffinity", "nanosleep", "clock_nanosleep",
	"clock_gettime", "gettimeofday", "timer_create", "timer_settime", "timer_delete", "setitimer", "getrandom",
	"uname", "sysinfo", "getuid", "geteuid", "getgid", "getegid", "getrlimit",
	// Files that are read, and pipes.
	"read", "pread64", "readv", "write", "writev", "close", "fstat", "newfstatat", "fstatat", "statx", "stat", "lstat",
	"readlinkat", "getdents64", "lseek", "fcntl", "faccessat", "faccessat2", "getcwd",
	"epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "eventfd2", "pipe2",
}

// allowedWith are calls that are allowed with some arguments only.
func allowedWith() []seccomp.NameWithConditions {
	with := func(argument uint32, operation seccomp.Operation, value uint64) seccomp.ArgumentConditions {
		return seccomp.ArgumentConditions{{Argument: argument, Operation: operation, Value: value}}
	}
	return []seccomp.NameWithConditions{
		// A thread, and no process. Of clone3 a filter sees no flags: it is refused.
		{Name: "clone", Conditions: with(0, seccomp.BitsSet, unix.CLONE_THREAD)},
		// Signals to the process itself: the runtime stops threads, and ends itself in a crash.
		{Name: "tgkill", Conditions: with(0, seccomp.Equal, uint64(os.Getpid()))},
		// Files are opened to be read.
		{Name: "openat", Conditions: with(2, seccomp.BitsNotSet, unix.O_ACCMODE|unix.O_CREAT|unix.O_TRUNC)},
		// Memory is for data; no code is added.
		{Name: "mmap", Conditions: with(2, seccomp.BitsNotSet, unix.PROT_EXEC)},
		{Name: "mprotect", Conditions: with(2, seccomp.BitsNotSet, unix.PROT_EXEC)},
		// The runtime names its memory.
		{Name: "prctl", Conditions: with(0, seccomp.Equal, unix.PR_SET_VMA)},
		// Its own limits may be read; the third argument would set them.
		{Name: "prlimit64", Conditions: seccomp.ArgumentConditions{
			{Argument: 0, Operation: seccomp.Equal, Value: 0}, {Argument: 2, Operation: seccomp.Equal, Value: 0},
		}},
	}
}

// restrictSyscalls refuses all calls but those, on all threads.
// See https://docs.kernel.org/userspace-api/seccomp_filter.html
func restrictSyscalls() error {
	machine, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	// The right of a thread and the filter that needs it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: seccomp.ActionErrno,
			Syscalls: []seccomp.SyscallGroup{{
				Action: seccomp.ActionAllow, Names: known(machine, allowed), NamesWithCondtions: allowedWith(),
			}},
		},
	})
}

// known leaves out the names that a machine has another call for.
func known(machine *arch.Info, names []string) []string {
	var found []string
	for _, name := range names {
		if _, ok := machine.SyscallNames[name]; ok {
			found = append(found, name)
		}
	}
	return found
}
