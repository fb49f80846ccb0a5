package rego

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
)

//go:embed *.go *.rego *.txt
var sources embed.FS

// Revision names this package's sources: what another revision compiled may differ.
func Revision() string {
	digest := sha256.New()
	// Reading what is embedded cannot fail.
	_ = fs.WalkDir(sources, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := sources.ReadFile(path)
		digest.Write(text)
		return err
	})
	return hex.EncodeToString(digest.Sum(nil))[:16]
}
