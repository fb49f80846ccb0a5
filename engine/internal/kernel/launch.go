package kernel

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// Launched is a program that is started with less than it would have.
type Launched struct {
	// Read are files and folders that it may read and execute, Write those that it may change besides.
	Read, Write []string
	// OpenFiles, FileBytes and DataBytes are limits; 0 sets none.
	OpenFiles, FileBytes, DataBytes uint64
	// Command has the program's path and its arguments.
	Command []string
}

// errNoCommand is what a launch without a program gets.
var errNoCommand = errors.New("no program is named; write it after `--`")

// ParseLaunched reads the arguments of `hydrant-engine confine`.
func ParseLaunched(args []string) (Launched, error) {
	var launched Launched
	flags := flag.NewFlagSet("confine", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	several := func(name, usage string, to *[]string) {
		flags.Func(name, usage, func(path string) error {
			*to = append(*to, path)
			return nil
		})
	}
	several("read", "a file or folder that may be read and executed", &launched.Read)
	several("write", "a file or folder that may be changed", &launched.Write)
	flags.Uint64Var(&launched.OpenFiles, "open-files", 0, "files that may be open at once")
	flags.Uint64Var(&launched.FileBytes, "file-bytes", 0, "bytes that a file may get")
	flags.Uint64Var(&launched.DataBytes, "data-bytes", 0, "bytes of memory for data")
	if err := flags.Parse(args); err != nil {
		return launched, fmt.Errorf("confine: %w", err)
	}
	launched.Command = flags.Args()
	if len(launched.Command) == 0 {
		return launched, fmt.Errorf("confine: %w", errNoCommand)
	}
	return launched, nil
}
