package kernel

import (
	"errors"
	"fmt"

	"github.com/landlock-lsm/go-landlock/landlock"
	llsyscall "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

// readOnly lets files be read and folders be listed; none of them may be executed.
const readOnly = llsyscall.AccessFSReadFile | llsyscall.AccessFSReadDir

// newest has all that a kernel can hold; an older one holds what it knows of it.
var newest = landlock.V11.BestEffort()

// errNoLandlock is why files are not held.
var errNoLandlock = errors.New("this kernel has no Landlock, or did not start it: files of others are held by their permissions alone")

// restrictFiles lets nothing be read but what is in these folders, and nothing be written, on
// all threads. The number is the kernel's version of Landlock.
// See https://docs.kernel.org/userspace-api/landlock.html
func restrictFiles(folders []string) (abi int, err error) {
	abi, err = abiOfLandlock()
	if err != nil {
		return 0, err
	}
	return abi, newest.Restrict(landlock.PathAccess(readOnly, folders...).IgnoreIfMissing())
}

func abiOfLandlock() (int, error) {
	abi, err := llsyscall.LandlockGetABIVersion()
	if err != nil {
		return 0, fmt.Errorf("%w (%w)", errNoLandlock, err)
	}
	return abi, nil
}
