package redact

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
)

// Seal closes values in a text that only the client's redactor opens (src/model/sealed.ts):
// what it has to look for elsewhere never stands in a message as it is. The same values give
// the same text. It is empty where there is nothing to tell, and for a client without a key.
//
// AES-256-GCM, with a nonce that is made of the values themselves, so that it is used for
// these alone. https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf
func (r Redaction) Seal(values []string) string {
	if len(values) == 0 || r.Mode != Digest || r.Key == "" {
		return ""
	}
	text, err := json.Marshal(values)
	if err != nil {
		return ""
	}
	key := sha256.Sum256([]byte("seal " + r.Key))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return ""
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return ""
	}
	mac := hmac.New(sha256.New, key[:])
	mac.Write(text)
	nonce := mac.Sum(nil)[:gcm.NonceSize()]
	return base64.StdEncoding.EncodeToString(gcm.Seal(nonce, nonce, text, nil))
}
