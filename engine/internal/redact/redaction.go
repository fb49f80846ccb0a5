// Package redact replaces the values of Secrets where they are first read: in rendered
// resources, and in the messages of upstream errors.
package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Mode tells what stands in place of a value.
type Mode string

const (
	// None leaves values as they are.
	None Mode = "none"
	// Mask puts Text in their place.
	Mask Mode = "mask"
	// Digest puts a token of Prefix, the value's class and a keyed digest in their place, so
	// that they can be judged and compared.
	Digest Mode = "digest"
)

// Text and Prefix are the client's REDACTED_TEXT and REDACTED_PREFIX (src/model/redacted.ts).
const (
	Text   = "<redacted>"
	Prefix = "hydrant.redacted/"
)

// Redaction replaces values.
type Redaction struct {
	Mode Mode   `json:"mode"`
	Key  string `json:"key,omitempty"`
}

// token is what replaces a value. It is made of the decoded content, so that values which
// differ only in their encoding have one token.
func (r Redaction) token(class Class, content string) string {
	if r.Mode != Digest {
		return Text
	}
	return Prefix + string(class) + "/" + r.Digest(content)
}

// Digest is what the client knows a content by.
func (r Redaction) Digest(content string) string {
	digest := hmac.New(sha256.New, []byte(r.Key))
	digest.Write([]byte(content))
	return hex.EncodeToString(digest.Sum(nil))
}
