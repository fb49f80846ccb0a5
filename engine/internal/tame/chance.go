package tame

import (
	cryptorand "crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand"
	randv2 "math/rand/v2"
	"reflect"
	"text/template"
	"time"

	"github.com/google/uuid"
	"github.com/huandu/xstrings"
)

// Chance stands in for what differs from one rendering to the next: random numbers, the
// clock, the order of maps. The same release of a chart gets the same bytes at every commit,
// so that only what an author changed differs between two of them. Each value depends on the
// template that asks for it and on how often it asked for the same, so that a change to one
// template leaves the others' values alone.
type Chance struct {
	owner string
	// Template is the one that is executed, where there are several.
	Template string
	calls    map[string]uint64
}

// NewChance gives equal owners, such as releases of one name, equal values.
func NewChance(owner string) *Chance {
	return &Chance{owner: owner + elsewhen, calls: map[string]uint64{}}
}

// elsewhen tells the random numbers of one rendering from those of another.
var elsewhen string

// Elsewhen makes charts see other random numbers, and another time, until the function that
// it gives is called.
func Elsewhen() (back func()) {
	now := Instant
	elsewhen, Instant = " again", now.AddDate(0, 7, 13).Add(5*time.Hour+7*time.Minute+11*time.Second)
	return func() { elsewhen, Instant = "", now }
}

// stream gives bytes for one call of a function.
func (c *Chance) stream(function string, arguments ...any) *randv2.ChaCha8 {
	call := fmt.Sprintf("%q %q %q %q", c.owner, c.Template, function, fmt.Sprint(arguments...))
	digest := sha256.New()
	_, _ = io.WriteString(digest, call)
	_ = binary.Write(digest, binary.BigEndian, c.calls[call])
	c.calls[call]++
	return randv2.NewChaCha8([32]byte(digest.Sum(nil)))
}

// add replaces the functions that make something else from call to call.
func (c *Chance) add(replaced, upstream template.FuncMap) {
	replaced["keys"], replaced["values"] = Keys, Values
	replaced["uuidv4"] = func() (string, error) {
		id, err := uuid.NewRandomFromReader(c.stream("uuidv4"))
		return id.String(), err
	}
	replaced["randInt"] = func(least, limit int) int {
		return randv2.New(c.stream("randInt", least, limit)).IntN(limit-least) + least
	}
	replaced["shuffle"] = func(text string) string {
		return xstrings.ShuffleSource(text, rand.NewSource(int64(c.stream("shuffle", text).Uint64())))
	}
	for _, name := range []string{"randAlpha", "randAlphaNum", "randAscii", "randNumeric", "randBytes", "bcrypt", "htpasswd", "encryptAES"} {
		replaced[name] = c.seeded(name, upstream[name])
	}
	c.addCertificates(replaced)
}

// seeded is an upstream function that takes its random bytes from a stream. The functions
// know only the global source; the engine renders one target at a time, so nothing else asks
// for random bytes meanwhile.
func (c *Chance) seeded(name string, upstream any) any {
	function := reflect.ValueOf(upstream)
	return reflect.MakeFunc(function.Type(), func(arguments []reflect.Value) []reflect.Value {
		shown := make([]any, len(arguments))
		for i, argument := range arguments {
			shown[i] = argument.Interface()
			if count, ok := shown[i].(int); ok {
				if err := Limited(count, 1); err != nil {
					// The template tells of it as of an error.
					panic(err)
				}
			}
		}
		global := cryptorand.Reader
		defer func() { cryptorand.Reader = global }()
		cryptorand.Reader = c.stream(name, shown...)
		return function.Call(arguments)
	}).Interface()
}
