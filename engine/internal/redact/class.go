package redact

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
)

// Class is what may be told of a value that is not shown. src/model/secretValue.ts has the
// same rules; testdata/classes.json holds both.
type Class string

const (
	// Plain is a value that gives the Secret away to everyone who reads it.
	Plain Class = "plain"
	// Setting is a switch, a small number or an address: a secret only if its name says so.
	Setting Class = "setting"
	// Empty holds nothing.
	Empty Class = "empty"
	// Encrypted by SOPS, as a value or as a whole file.
	Encrypted Class = "encrypted"
	// Placeholder is filled in by an operator, a plugin or a person at deployment.
	Placeholder Class = "placeholder"
	// Public is a certificate or a public key.
	Public Class = "public"
)

var (
	// https://getsops.io/docs/
	encryptedValue = regexp.MustCompile(`^ENC\[[A-Z0-9_]+,data:[^\]]*\]$`)
	// Files keep SOPS's message authentication code: dotenv, INI, JSON, YAML and binary ones.
	encryptedFile = regexp.MustCompile(`(?:^|[\n{,])\s*(?:sops_mac=|mac\s*[=:]\s*|"mac"\s*:\s*")"?ENC\[`)
	// Whole files that age, git-crypt, GnuPG or Ansible encrypted.
	encryptedStart = regexp.MustCompile(`^(?:age-encryption\.org/v\d|\x00GITCRYPT\x00|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----|\$ANSIBLE_VAULT;)`)
	// The whole text is a value to be filled in or a word for one, or an address whose password is.
	placeholder = regexp.MustCompile(`(?i)^(?:` + filledIn + `|[\[<]?(?:` + toDo + `)[\]>]?|[a-z][\w+.-]*://(?:[^\s:@/]*|` + filledIn + `):(?:` + filledIn + `)@\S*)$`)
	publicPEM   = regexp.MustCompile(`^(?:(?:#[^\n]*\n\s*)*-----BEGIN (?:(?:TRUSTED |X509 )?CERTIFICATE|(?:RSA |EC |DSA )?PUBLIC KEY|(?:NEW )?CERTIFICATE REQUEST|X509 CRL|PGP PUBLIC KEY BLOCK)-----[A-Za-z0-9+/=\s]+-----END [A-Z0-9 ]+-----\s*)+$`)
	publicSSH   = regexp.MustCompile(`^(?:(?:#[^\n]*\n)*(?:\S+ )?(?:(?:sk-)?ssh-(?:rsa|dss|ed25519)|(?:sk-)?ecdsa-sha2-[a-z0-9-]+)(?:@openssh\.com)? AAAA[A-Za-z0-9+/=]+(?: [^\n]*)?\r?\n?)+$`)
	// Keys for which age encrypts.
	publicAge = regexp.MustCompile(`^age1[a-z0-9]{58}$`)
	// Keys that documentation shows, such as AWS's own.
	example = regexp.MustCompile(`^(?:A[A-Z]{3}[A-Z0-9]{9}EXAMPLE|[\w+/=]{20,50}EXAMPLEKEY)$`)
	// A switch, a number such as a port, and an address without user, password or query.
	setting = regexp.MustCompile(`^(?:true|false|yes|no|on|off|enabled?|disabled?|none|[0-9]{1,5}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,5})?|[a-z][a-z0-9+.-]*://[a-z0-9.-]+(?::[0-9]{1,5})?(?:/[a-z0-9._~-]{0,40})*|(?:[a-z0-9-]+\.)+[a-z0-9-]+:[0-9]{1,5}|(?:[a-z0-9-]+\.){2,}[a-z][a-z-]*)$`)
	// Words in a mapping that may have a credential.
	credentialWords = regexp.MustCompile(`(?i)pass|pwd|secret|token|key|cred|bearer|user`)
	// Long runs of digits and letters, which an address may have as its key.
	longRun = regexp.MustCompile(`[a-z0-9]{16,}`)
	blanks  = regexp.MustCompile(`\s+`)
)

const (
	// Words that people write where a value belongs.
	toDo = `(?:change|replace)[-_ ]?me(?:[-_ ]with[-_ \w]*)?|todo|fixme|tbd|placeholder|redacted|your[-_ ](?:[\w-]+[-_ ])?here|value|dummy|unused|x{3,}|\*{3,}|\.{3,}|…`
)

// classOf judges a value by its content.
func classOf(content string) Class {
	text := strings.TrimSpace(content)
	switch {
	case text == "":
		return Empty
	case encryptedValue.MatchString(text), encryptedStart.MatchString(text), strings.Contains(text, "sops") && encryptedFile.MatchString(text):
		return Encrypted
	case placeholder.MatchString(text), example.MatchString(text), isFilledIn(text):
		return Placeholder
	case isSetting(text):
		return Setting
	case isPublic(text):
		return Public
	}
	return Plain
}

// isPublic is also true for one in base64, as a field for it takes one.
func isPublic(text string) bool {
	if strings.HasPrefix(text, "LS0tLS1CRUdJTi") {
		text = strings.TrimSpace(ContentOf(text))
	}
	return publicPEM.MatchString(text) || publicSSH.MatchString(text) || publicAge.MatchString(text)
}

// isReadable is true for what anyone can read: whether it gives a secret away is told by its name.
func isReadable(class Class) bool {
	return class == Plain || class == Setting
}

// isSetting is also true for a mapping of nothing but settings: `{"auths":{}}`.
func isSetting(text string) bool {
	if strings.HasPrefix(text, "{") {
		var mapping any
		if json.Unmarshal([]byte(text), &mapping) != nil {
			return false
		}
		return isClusterConfig(mapping) || isConfigWithoutLogin(mapping) || (!credentialWords.MatchString(text) && holdsSettings(mapping))
	}
	small := strings.ToLower(text)
	// Keys in addresses have capitals.
	if !setting.MatchString(small) || (small != text && strings.Contains(small, "://")) {
		return false
	}
	for _, run := range longRun.FindAllString(small, -1) {
		if strings.ContainsAny(run, "0123456789") {
			return false
		}
	}
	return true
}

func holdsSettings(value any) bool {
	switch value := value.(type) {
	case string:
		return value == "" || isSetting(value)
	case []any:
		for _, item := range value {
			if !holdsSettings(item) {
				return false
			}
		}
	case map[string]any:
		for _, item := range value {
			if !holdsSettings(item) {
				return false
			}
		}
	}
	return true
}

// ContentOf is what a value of `data` holds in base64; what is no base64 counts as it stands.
func ContentOf(value string) string {
	packed := blanks.ReplaceAllString(value, "")
	decoded, err := base64.StdEncoding.Strict().DecodeString(packed)
	if err != nil {
		return value
	}
	return string(decoded)
}
