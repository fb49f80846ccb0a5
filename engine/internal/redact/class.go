package redact

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// Class is what may be told of a value that is not shown. src/model/secretValue.ts has the
// same rules; testdata/classes.json holds both.
type Class string

const (
	// Plain is a value that anyone who reads it knows a Secret by.
	Plain Class = "plain"
	// Empty holds nothing.
	Empty Class = "empty"
	// Encrypted by SOPS, as a value or as a whole file.
	Encrypted Class = "encrypted"
	// Placeholder is filled in by an operator or a plugin at deployment.
	Placeholder Class = "placeholder"
)

var (
	// https://getsops.io/docs/
	encryptedValue = regexp.MustCompile(`^ENC\[[A-Z0-9_]+,data:[^\]]*\]$`)
	// Files keep SOPS's message authentication code: dotenv, INI, JSON, YAML and binary ones.
	encryptedFile = regexp.MustCompile(`(?:^|[\n{,])\s*(?:sops_mac=|mac\s*[=:]\s*|"mac"\s*:\s*")"?ENC\[`)
	// Flux's `${VAR}`, kustomize's `$(VAR)`, and `<path:...#key>` of the Argo CD Vault plugin.
	placeholder = regexp.MustCompile(`^(?:\$\{[A-Za-z_]\w*\}|\$\([A-Za-z_]\w*\)|<[^<>\n]+>)$`)
	blanks      = regexp.MustCompile(`\s+`)
)

// classOf judges a value by its content.
func classOf(content string) Class {
	text := strings.TrimSpace(content)
	switch {
	case text == "":
		return Empty
	case encryptedValue.MatchString(text), strings.Contains(text, "sops") && encryptedFile.MatchString(text):
		return Encrypted
	case placeholder.MatchString(text):
		return Placeholder
	}
	return Plain
}

// contentOf is what a value of `data` holds in base64; what is no base64 counts as it stands.
func contentOf(value string) string {
	packed := blanks.ReplaceAllString(value, "")
	decoded, err := base64.StdEncoding.Strict().DecodeString(packed)
	if err != nil {
		return value
	}
	return string(decoded)
}
