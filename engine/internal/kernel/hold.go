// Package kernel has the operating system hold the process to what it needs, so that even code
// of a stranger that ran in it could do nothing: read no other files, write none, start no
// program, open no connection.
package kernel

import "errors"

// Defence is one of the things that the kernel holds, or cannot hold.
type Defence struct {
	Name string `json:"name"`
	Held bool   `json:"held"`
	// Detail says what is held, or why it is not.
	Detail string `json:"detail"`
}

// The names of the defences, in the order in which they are told.
const (
	noNewPrivileges = "no new privileges"
	landlocked      = "landlock"
	seccomped       = "seccomp"
	limited         = "limits"
)

// errOtherSystem is why nothing is held where the kernel is none of Linux.
var errOtherSystem = errors.New("not held by the kernel: only that of Linux is asked")

// defence is held where there is no error.
func defence(name, detail string, err error) Defence {
	if err != nil {
		return Defence{Name: name, Detail: err.Error()}
	}
	return Defence{Name: name, Held: true, Detail: detail}
}
