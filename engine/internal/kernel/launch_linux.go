package kernel

import (
	"fmt"
	"os"
	"runtime"

	"github.com/landlock-lsm/go-landlock/landlock"
	llsyscall "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// Launch gives up what is not allowed, and becomes the program: it comes back with an error
// only. The program may start others and use the network; files that are not listed, other
// processes are not its own. Where the kernel has no Landlock, the limits, no_new_privs and the
// loss of root's rights are all that holds.
func Launch(launched Launched) error {
	if err := llsyscall.AllThreadsPrctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no_new_privs: %w", err)
	}
	if err := limit(launched.limits()); err != nil {
		return err
	}
	if err := restrictProgram(launched.Read, launched.Write); err != nil {
		return err
	}
	// The thread that becomes the program.
	runtime.LockOSThread()
	if err := dropCapabilities(); err != nil {
		return err
	}
	err := unix.Exec(launched.Command[0], launched.Command, os.Environ())
	return fmt.Errorf("%s cannot be started: %w", launched.Command[0], err)
}

func (l Launched) limits() limits {
	all := limits{unix.RLIMIT_CORE: 0}
	for resource, most := range map[int]uint64{
		unix.RLIMIT_NOFILE: l.OpenFiles, unix.RLIMIT_FSIZE: l.FileBytes, unix.RLIMIT_DATA: l.DataBytes,
	} {
		if most > 0 {
			all[resource] = most
		}
	}
	return all
}

// restrictProgram lets files be read and executed, and others be written, and no signal or
// connection reach a process that was not started from here. Git moves files between folders,
// which the first version of Landlock forbids to all: there nothing is restricted.
func restrictProgram(read, write []string) error {
	if abi, err := abiOfLandlock(); err != nil || abi < 2 {
		return nil
	}
	config := newest
	config.HandledAccessNet = 0
	return config.Restrict(
		landlock.PathAccess(readOnly|llsyscall.AccessFSExecute, folders(read)...).IgnoreIfMissing(),
		landlock.PathAccess(llsyscall.AccessFSReadFile|llsyscall.AccessFSExecute, files(read)...).IgnoreIfMissing(),
		landlock.RWDirs(folders(write)...).WithRefer().IgnoreIfMissing(),
		landlock.RWFiles(files(write)...).IgnoreIfMissing(),
	)
}

func folders(paths []string) []string { return those(paths, true) }
func files(paths []string) []string   { return those(paths, false) }

func those(paths []string, areFolders bool) []string {
	var found []string
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() == areFolders {
			found = append(found, path)
		}
	}
	return found
}
