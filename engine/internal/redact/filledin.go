package redact

import (
	"regexp"
	"strings"
)

// Values that somebody fills in at deployment: Flux's `${VAR}`, kustomize's `$(VAR)`, templates,
// `<path:...#key>` of the Argo CD Vault plugin, `ref+vault://...` of vals, `op://...` of 1Password,
// `vault:path#key` of bank-vaults, and what scripts replace: `__X__`, `%X%`, `@@X@@`,
// `@X@`, `#{X}#`, `[[x]]`.
// src/model/filledIn.ts has the same rules; testdata/classes.json holds both.
const filledIn = `\$\{[A-Za-z_][\w.]*(?::?[-=])?\}|\$\([A-Za-z_][\w.]*\)|\$?\{\{[^{}]*\}\}|<[^<>\n]+>|ref\+[a-z0-9]+:\/\/[^\s"',;]+|op:\/\/[^\s"',;]+|(?:>>)?vault:[\w.\/-]+#[^\s"',;]+|\bvault:[\w.-]+\/[\w.\/-]+|__[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*__|%%?[A-Za-z_]\w*%%?|@@[A-Za-z_]\w*@@|@[A-Z][A-Z0-9_]+@|#\{[A-Za-z_][\w.-]*\}#?|\[\[ ?[A-Za-z_][\w.-]* ?\]\]`

// Longer texts are not looked through.
const longestFilledIn = 65_536

// filled stands for what is filled in, while the rest is looked at.
const filled = "\x01"

var (
	allFilledIn = regexp.MustCompile(filledIn)
	blockStart  = regexp.MustCompile(`:[ \t]*[|>][-+]?[ \t]*\r?\n[ \t]*`)
	address     = regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.:-]{0,40}:\/\/[^\s"',]+`)
	pair        = regexp.MustCompile(`["']?([\w.-]{1,64})["']?[ \t]*(?:=>|[:=])[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s,;&}"']*)`)
	password    = regexp.MustCompile(`:\/\/[^\/@\s]*:([^\/@\s]*)@`)
	// Names in a configuration that say nothing without what is around them, or where a credential is kept.
	vague = regexp.MustCompile(`(?i)^(?:keys?|code|hash|session|connection|seed|existing_?secret)$|(?:name|ref|file|path|dir|type|header|ttl|url|uri|endpoint|expiry|lifetime|length)$`)
	// What stands behind such a name without being its value: a switch, the start of a mapping, a word before a token.
	noLiteral = regexp.MustCompile(`(?i)^(?:|true|false|yes|no|null|~|[0-9]{1,5}|[{[|>&*].*|bearer|basic|token)$`)
	// A run of characters as keys have it.
	keyRun = regexp.MustCompile(`[A-Za-z]{0,40}[0-9][A-Za-z0-9]{15}|[A-Za-z0-9]{15}[0-9]`)
	// Part of a word next to what is filled in.
	mixed          = regexp.MustCompile(`[A-Za-z]+[0-9]+[A-Za-z0-9]*|[0-9]+[A-Za-z][A-Za-z0-9]*`)
	touching       = regexp.MustCompile(`[A-Za-z0-9]` + filled + `|` + filled + `[A-Za-z0-9]`)
	insidePassword = regexp.MustCompile(`://[^/@\s]*:[^/@\s]*[A-Za-z0-9]` + filled + `[A-Za-z0-9]`)
	between        = regexp.MustCompile(`[\s"',;&]+`)

	// Parts of names that say that something is a credential, or may be. src/model/credentialName.ts has them as well.
	credentialPart  = regexp.MustCompile(`pass|pwd|secret|token|cred|apikey|webhook|cookie|bearer|private|htpasswd|jwt|dsn|license|signature`)
	credentialWhole = regexp.MustCompile(`^(?:keys?|auth|cert|pin|pw|salt|seed|otp|sas|pat|session|hash|code|connection)$`)
	humpBefore      = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	humpBehind      = regexp.MustCompile(`([A-Z])([A-Z][a-z])`)
	noWord          = regexp.MustCompile(`[^a-z0-9]+`)
)

// isFilledIn is true where placeholders stand in a text, and nothing else in it can be a credential.
func isFilledIn(text string) bool {
	if len(text) > longestFilledIn || strings.Contains(text, "-----BEGIN") || strings.Contains(text, "</") {
		return false
	}
	marked := blockStart.ReplaceAllString(allFilledIn.ReplaceAllString(text, filled), ": ")
	if !strings.Contains(marked, filled) {
		return false
	}
	for _, one := range address.FindAllString(marked, -1) {
		if !isHarmlessAddress(one) {
			return false
		}
	}
	rest := address.ReplaceAllString(marked, " ")
	if hasLiteral(rest) {
		return false
	}
	for _, word := range between.Split(rest, -1) {
		if !isHarmlessWord(word) {
			return false
		}
	}
	return true
}

// hasLiteral is true where a name that says that it is a credential's stands before a value that can be read.
func hasLiteral(marked string) bool {
	for _, match := range pair.FindAllStringSubmatch(marked, -1) {
		bare := unquoted(match[2])
		if !vague.MatchString(match[1]) && isCredentialName(match[1]) && !strings.Contains(bare, filled) && !noLiteral.MatchString(bare) {
			return true
		}
	}
	return false
}

// unquoted drops one quote at each end.
func unquoted(value string) string {
	if value != "" && strings.ContainsAny(value[:1], `"'`) {
		value = value[1:]
	}
	if value != "" && strings.ContainsAny(value[len(value)-1:], `"'`) {
		value = value[:len(value)-1]
	}
	return value
}

func isHarmlessAddress(text string) bool {
	// What looks filled in may be a part of a password with signs.
	if insidePassword.MatchString(text) {
		return false
	}
	if found := password.FindStringSubmatch(text); found != nil && found[1] != "" && !strings.Contains(found[1], filled) {
		return false
	}
	_, query, has := strings.Cut(text, "?")
	return !keyRun.MatchString(text) && !(has && hasLiteral(query))
}

// isHarmlessWord is true for a word that is no key, and of which what is filled in is a part of its own.
func isHarmlessWord(word string) bool {
	if keyRun.MatchString(word) {
		return false
	}
	if !strings.Contains(word, filled) {
		return true
	}
	if touching.MatchString(word) {
		return false
	}
	for _, part := range mixed.FindAllString(word, -1) {
		if len(part) > 5 {
			return false
		}
	}
	return true
}

// isCredentialName is true for the name of a value that says that it is a credential, or may be.
func isCredentialName(name string) bool {
	parted := humpBehind.ReplaceAllString(humpBefore.ReplaceAllString(name, "$1 $2"), "$1 $2")
	words := strings.Fields(noWord.ReplaceAllString(strings.ToLower(parted), " "))
	if credentialPart.MatchString(strings.Join(words, "")) {
		return true
	}
	for _, word := range words {
		if credentialWhole.MatchString(word) {
			return true
		}
	}
	return false
}
