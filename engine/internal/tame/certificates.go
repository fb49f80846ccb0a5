package tame

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"reflect"
	"text/template"
	"time"
)

// certificate has the fields that templates use of upstream's.
type certificate struct{ Cert, Key string }

// addCertificates replaces the functions that make keys and certificates. Go's library makes
// keys only from true randomness, except for ed25519: those have a seed. They stand in for
// every type of key; what a chart's certificates are, no review can know in advance.
func (c *Chance) addCertificates(replaced template.FuncMap) {
	replaced["genPrivateKey"] = func(kind string) (string, error) {
		switch kind {
		case "", "rsa", "dsa", "ecdsa", "ed25519":
			return c.key("genPrivateKey", kind)
		default:
			return "Unknown type " + kind, nil
		}
	}
	replaced["genCA"] = func(name string, days int) (certificate, error) {
		return c.withKey("genCA", request{name: name, days: days, authority: true})
	}
	replaced["genCAWithKey"] = func(name string, days int, key string) (certificate, error) {
		return c.issue("genCAWithKey", request{name: name, days: days, authority: true, key: key})
	}
	replaced["genSelfSignedCert"] = func(name string, ips, hosts []any, days int) (certificate, error) {
		return c.withKey("genSelfSignedCert", request{name: name, ips: ips, hosts: hosts, days: days})
	}
	replaced["genSelfSignedCertWithKey"] = func(name string, ips, hosts []any, days int, key string) (certificate, error) {
		return c.issue("genSelfSignedCertWithKey", request{name: name, ips: ips, hosts: hosts, days: days, key: key})
	}
	replaced["genSignedCert"] = func(name string, ips, hosts []any, days int, signer any) (certificate, error) {
		return c.withKey("genSignedCert", request{name: name, ips: ips, hosts: hosts, days: days, signer: signer})
	}
	replaced["genSignedCertWithKey"] = func(name string, ips, hosts []any, days int, signer any, key string) (certificate, error) {
		return c.issue("genSignedCertWithKey", request{name: name, ips: ips, hosts: hosts, days: days, signer: signer, key: key})
	}
}

// request is what a template asks a certificate for.
type request struct {
	name       string
	ips, hosts []any
	days       int
	authority  bool
	// signer is nil for a certificate that signs itself.
	signer any
	key    string
}

func (c *Chance) key(function string, arguments ...any) (string, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(c.stream(function, arguments...), seed); err != nil {
		return "", err
	}
	return keyPEM(ed25519.NewKeyFromSeed(seed))
}

func keyPEM(key crypto.PrivateKey) (string, error) {
	content, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", fmt.Errorf("private key: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: content})), nil
}

func (c *Chance) withKey(function string, wanted request) (certificate, error) {
	key, err := c.key(function+" key", wanted.name, wanted.ips, wanted.hosts)
	if err != nil {
		return certificate{}, err
	}
	wanted.key = key
	return c.issue(function, wanted)
}

func (c *Chance) issue(function string, wanted request) (certificate, error) {
	key, err := parseKey(wanted.key)
	if err != nil {
		return certificate{}, fmt.Errorf("parsing private key: %w", err)
	}
	filled, err := c.filled(function, wanted)
	if err != nil {
		return certificate{}, err
	}
	parent, signing := filled, key
	if wanted.signer != nil {
		if parent, signing, err = signerOf(wanted.signer); err != nil {
			return certificate{}, err
		}
	}
	// Without a source of randomness every kind of key signs the same way each time.
	content, err := x509.CreateCertificate(nil, filled, parent, key.Public(), signing)
	if err != nil {
		return certificate{}, fmt.Errorf("error creating certificate: %w", err)
	}
	return certificate{Cert: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: content})), Key: wanted.key}, nil
}

// filled is the certificate before it is signed; its fields are upstream's.
func (c *Chance) filled(function string, wanted request) (*x509.Certificate, error) {
	serial := make([]byte, 16)
	if _, err := io.ReadFull(c.stream(function+" serial", wanted.name, wanted.ips, wanted.hosts), serial); err != nil {
		return nil, err
	}
	made := &x509.Certificate{
		SerialNumber:          new(big.Int).SetBytes(serial),
		Subject:               pkix.Name{CommonName: wanted.name},
		NotBefore:             Instant,
		NotAfter:              Instant.Add(24 * time.Hour * time.Duration(wanted.days)),
		KeyUsage:              x509.KeyUsageKeyEncipherment | x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true,
		IsCA:                  wanted.authority,
	}
	if wanted.authority {
		made.KeyUsage |= x509.KeyUsageCertSign
	}
	for _, ip := range wanted.ips {
		text, _ := ip.(string)
		parsed := net.ParseIP(text)
		if parsed == nil {
			return nil, fmt.Errorf("error parsing ip: %v", ip)
		}
		made.IPAddresses = append(made.IPAddresses, parsed)
	}
	for _, host := range wanted.hosts {
		text, ok := host.(string)
		if !ok {
			return nil, fmt.Errorf("error processing alternate dns name: %v is not a string", host)
		}
		made.DNSNames = append(made.DNSNames, text)
	}
	return made, nil
}

// signerOf takes an authority apart: one of ours, or of upstream's buildCustomCert.
func signerOf(signer any) (*x509.Certificate, crypto.Signer, error) {
	value := reflect.ValueOf(signer)
	if value.Kind() != reflect.Struct || !value.FieldByName("Cert").IsValid() || !value.FieldByName("Key").IsValid() {
		return nil, nil, errors.New("the signer is not a certificate")
	}
	block, _ := pem.Decode([]byte(value.FieldByName("Cert").String()))
	if block == nil {
		return nil, nil, errors.New("unable to decode certificate")
	}
	parent, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, nil, fmt.Errorf("error parsing certificate: %w", err)
	}
	key, err := parseKey(value.FieldByName("Key").String())
	if err != nil {
		return nil, nil, fmt.Errorf("error parsing private key: %w", err)
	}
	return parent, key, nil
}

func parseKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("no PEM data in input")
	}
	var key any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	default:
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("the key cannot sign")
	}
	return signer, nil
}
