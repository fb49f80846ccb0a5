//go:build !linux

package kernel

// Launch is for Linux; elsewhere the caller starts the program itself.
func Launch(Launched) error { return errOtherSystem }
