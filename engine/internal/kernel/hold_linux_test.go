package kernel

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/sys/unix"
)

// The test's own program is started again to be confined: what it loses it has lost for good.
const (
	triesVariable   = "KERNEL_TEST_TRIES"
	confinedBy      = "KERNEL_TEST_CONFINED_BY"
	folderVariable  = "KERNEL_TEST_FOLDER"
	addressVariable = "KERNEL_TEST_ADDRESS"
	processVariable = "KERNEL_TEST_PROCESS"
)

// hole is something that code of a stranger would try.
type hole struct {
	try func() error
	// by are the defences that stop it, each without the others.
	by []string
	// abi is the first version of Landlock that knows of it.
	abi int
}

var holes = map[string]hole{
	"reading a file of the system": {try: func() error { return second(os.ReadFile("/etc/passwd")) }, by: []string{landlocked}},
	"listing a folder":             {try: func() error { return second(os.ReadDir("/etc")) }, by: []string{landlocked}},
	"reading another process's environment": {
		try: func() error { return second(os.ReadFile("/proc/" + os.Getenv(processVariable) + "/environ")) }, by: []string{landlocked},
	},
	"making a file": {
		try: func() error { return os.WriteFile(inFolder("made"), nil, 0o600) }, by: []string{landlocked, seccomped},
	},
	"emptying a file": {
		try: func() error { return os.Truncate(inFolder("there"), 0) }, by: []string{landlocked, seccomped}, abi: 3,
	},
	"removing a file": {
		try: func() error { return os.Remove(inFolder("removed")) }, by: []string{landlocked, seccomped},
	},
	"making a file larger": {try: grow, by: []string{limited}},
	"opening many files":   {try: openMany, by: []string{limited}},
	"starting a program":   {try: func() error { return exec.Command("/bin/true").Run() }, by: []string{landlocked, seccomped}},
	"making a process":     {try: fork, by: []string{seccomped}},
	"connecting": {
		try: func() error { return second(net.Dial("tcp", os.Getenv(addressVariable))) }, by: []string{landlocked, seccomped}, abi: 4,
	},
	// Landlock knows nothing of Multipath TCP, which Go listens with.
	"listening": {try: func() error { return second(net.Listen("tcp", "127.0.0.1:0")) }, by: []string{seccomped}},
	"sending a packet": {
		try: func() error { return second(net.Dial("udp", os.Getenv(addressVariable))) }, by: []string{seccomped},
	},
	"a socket between processes": {
		try: func() error { return second(net.Listen("unix", "@kernel-test-"+strconv.Itoa(os.Getpid()))) }, by: []string{seccomped},
	},
	"a signal to another process": {
		try: func() error { return unix.Kill(otherProcess(), 0) }, by: []string{landlocked, seccomped}, abi: 6,
	},
	"reading the memory of a process": {try: readMemory, by: []string{seccomped}},
	"memory for new code":             {try: mapCode, by: []string{seccomped}},
	"a file without a name": {
		try: func() error { return second(unix.MemfdCreate("code", 0)) }, by: []string{seccomped},
	},
}

func TestHolesAreOpenAndStopped(t *testing.T) {
	if name := os.Getenv(triesVariable); name != "" {
		tryOnAllThreads(holes[name].try, confine)
		return
	}
	abi, err := abiOfLandlock()
	if err != nil {
		t.Logf("Landlock is not tried: %v", err)
	}
	other := startOther(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for name, hole := range holes {
		t.Run(name, func(t *testing.T) {
			run := func(by string) string { return startAgain(t, name, by, listener.Addr().String(), other) }
			if got := run(""); got != "done" {
				t.Errorf("is not open without a defence, so that nothing is shown: %s", got)
			}
			for _, by := range append([]string{"all"}, hole.by...) {
				if by == landlocked && (abi == 0 || abi < hole.abi) {
					continue
				}
				if got := run(by); got != "refused" {
					t.Errorf("held by %s: %s", by, got)
				}
			}
		})
	}
}

// TestAllOtherCallsAreRefused calls all that the machine has, with arguments that do no harm.
func TestAllOtherCallsAreRefused(t *testing.T) {
	if os.Getenv(triesVariable) == "" {
		if got := startAgain(t, "all calls", "all", "", "0"); got != "refused" {
			t.Error(got)
		}
		return
	}
	// Some calls take no arguments: they are not tried without a filter.
	if err := restrictSyscalls(); err != nil {
		fmt.Println(err)
		os.Exit(0)
	}
	machine, err := arch.GetInfo("")
	if err != nil {
		t.Fatal(err)
	}
	// A filter is not asked about uretprobe and uprobe, which end who is not being probed.
	free := append(slices.Clone(allowed), "mmap", "mprotect", "uretprobe", "uprobe")
	const none = ^uintptr(0)
	for number, name := range machine.SyscallNumbers {
		if slices.Contains(free, name) {
			continue
		}
		if _, _, e := syscall.RawSyscall6(uintptr(number), 0, none, none, none, none, none); e != syscall.EPERM {
			fmt.Printf("%s: %v\n", name, e)
			os.Exit(0)
		}
	}
	fmt.Println("refused")
	os.Exit(0)
}

// startAgain runs one try in a process of its own and gives what it says.
func startAgain(t *testing.T, name, by, address, other string) string {
	t.Helper()
	folder := t.TempDir()
	for _, file := range []string{"there", "removed"} {
		if err := os.WriteFile(filepath.Join(folder, file), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	test, _, _ := strings.Cut(t.Name(), "/")
	again := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	again.Env = append(os.Environ(), triesVariable+"="+name, confinedBy+"="+by,
		folderVariable+"="+folder, addressVariable+"="+address, processVariable+"="+other)
	said, err := again.CombinedOutput()
	if err != nil {
		return fmt.Sprintf("%v: %s", err, said)
	}
	return strings.TrimSpace(string(said))
}

// confine applies the defence that is asked for, or all.
func confine() error {
	switch os.Getenv(confinedBy) {
	case landlocked:
		return second(restrictFiles(nil))
	case seccomped:
		return restrictSyscalls()
	case limited:
		return limit(engineLimits)
	case "all":
		for _, one := range Hold(nil) {
			if !one.Held && one.Name != landlocked {
				return fmt.Errorf("%s: %s", one.Name, one.Detail)
			}
		}
	}
	return nil
}

// tryOnAllThreads tries on a thread that was there before the process was confined, and on the
// one that confined it, and says how it ended.
func tryOnAllThreads(try, confine func() error) {
	signal.Ignore(syscall.SIGXFSZ)
	tries, results := make(chan func() error), make(chan error)
	go func() {
		runtime.LockOSThread()
		results <- nil
		results <- (<-tries)()
	}()
	<-results
	if err := confine(); err != nil {
		fmt.Println("not confined:", err)
		os.Exit(0)
	}
	tries <- try
	earlier, own := <-results, try()
	if os.Getenv(confinedBy) == "" {
		own = nil // What was tried once need not be possible twice.
	}
	fmt.Println(outcome(earlier, own))
	os.Exit(0)
}

func outcome(earlier, own error) string {
	switch {
	case earlier == nil && own == nil:
		return "done"
	case isRefusal(earlier) && isRefusal(own):
		return "refused"
	default:
		return fmt.Sprintf("earlier thread: %v, own thread: %v", earlier, own)
	}
}

func isRefusal(err error) bool {
	return errors.Is(err, os.ErrPermission) || errors.Is(err, unix.EMFILE) || errors.Is(err, unix.EFBIG)
}

// startOther starts a process that waits, and gives its number.
func startOther(t *testing.T) string {
	other := exec.Command("/bin/sleep", "600")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = other.Process.Kill()
		_ = other.Wait()
	})
	return strconv.Itoa(other.Process.Pid)
}

func second[T any](_ T, err error) error { return err }

func inFolder(name string) string { return filepath.Join(os.Getenv(folderVariable), name) }

func otherProcess() int {
	number, _ := strconv.Atoi(os.Getenv(processVariable))
	return number
}

// toGrow is opened before the process is confined: what is open stays open.
var toGrow, _ = os.OpenFile(inFolder("there"), os.O_WRONLY, 0)

func grow() error { return second(toGrow.Write([]byte("more"))) }

func openMany() error {
	for range 5000 {
		if _, err := unix.Dup(0); err != nil {
			return err
		}
	}
	return nil
}

func fork() error {
	child, _, e := syscall.RawSyscall6(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0, 0, 0, 0)
	if e != 0 {
		return e
	}
	if child == 0 {
		_, _, _ = syscall.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
	}
	return nil
}

func mapCode() error {
	_, err := unix.MmapPtr(-1, 0, unsafe.Pointer(nil), 4096, unix.PROT_READ|unix.PROT_EXEC, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	return err
}

func readMemory() error {
	from, to := []byte("secret"), make([]byte, 6)
	local := []unix.Iovec{{Base: &to[0], Len: 6}}
	remote := []unix.RemoteIovec{{Base: uintptr(unsafe.Pointer(&from[0])), Len: 6}}
	_, err := unix.ProcessVMReadv(os.Getpid(), local, remote, 0)
	return err
}
