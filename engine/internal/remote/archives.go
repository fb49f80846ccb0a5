package remote

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// mostHeld is how many bytes of archives a process holds besides those that a render needs.
const mostHeld = 64 << 20

// KeepParams are archives for the renders to come, which name them by their digests.
type KeepParams struct {
	Archives [][]byte `json:"archives"`
	// Needed are the digests of all that the next render reads: none of them is dropped for another.
	Needed []string `json:"needed"`
}

// KeepReply has the digests of all that is held.
type KeepReply struct {
	Held []string `json:"held"`
}

// Archives are packed charts that the client gave, by their digests. Those that were not read
// for the longest time make room for others.
type Archives struct {
	// held are in order of their last use.
	held []archive
}

type archive struct {
	sha256  string
	content []byte
}

// Keep holds archives, each by the digest that it has, and tells what is held.
func (a *Archives) Keep(params KeepParams) KeepReply {
	for _, content := range params.Archives {
		sum := sha256.Sum256(content)
		digest := hex.EncodeToString(sum[:])
		if _, ok := a.content(digest); !ok {
			a.held = append(a.held, archive{digest, content})
		}
	}
	a.makeRoom(params.Needed)
	reply := KeepReply{Held: make([]string, 0, len(a.held))}
	for _, one := range a.held {
		reply.Held = append(reply.Held, one.sha256)
	}
	return reply
}

func (a *Archives) makeRoom(needed []string) {
	size := 0
	for _, one := range a.held {
		size += len(one.content)
	}
	a.held = slices.DeleteFunc(a.held, func(one archive) bool {
		drop := size > mostHeld && !slices.Contains(needed, one.sha256)
		if drop {
			size -= len(one.content)
		}
		return drop
	})
}

// content is an archive's, which is thereby the last that was used.
func (a *Archives) content(digest string) ([]byte, bool) {
	at := slices.IndexFunc(a.held, func(one archive) bool { return one.sha256 == strings.ToLower(digest) })
	if at < 0 {
		return nil, false
	}
	found := a.held[at]
	a.held = append(slices.Delete(a.held, at, at+1), found)
	return found.content, true
}
