package remote

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"
)

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// large is an archive of a third of what may be held, and a bit.
func large(first byte) []byte {
	content := make([]byte, mostHeld/3+1)
	content[0] = first
	return content
}

func TestArchivesAreFoundByTheirDigest(t *testing.T) {
	archives := &Archives{}
	content := []byte("packed")
	for range 2 {
		reply := archives.Keep(KeepParams{Archives: [][]byte{content}, Needed: []string{digestOf(content)}})
		if !slices.Equal(reply.Held, []string{digestOf(content)}) {
			t.Fatalf("held %v", reply.Held)
		}
	}
	inputs := &Inputs{}
	if _, ok := inputs.Archive(Archive{SHA256: digestOf(content)}); ok {
		t.Error("inputs without archives have one")
	}
	inputs.UseArchives(archives)
	if got, ok := inputs.Archive(Archive{SHA256: digestOf(content)}); !ok || string(got) != "packed" {
		t.Errorf("got %q", got)
	}
	if _, ok := inputs.Archive(Archive{SHA256: "00"}); ok {
		t.Error("an archive that nobody gave is there")
	}
}

func TestTheLeastUsedArchiveMakesRoom(t *testing.T) {
	archives := &Archives{}
	one, two, three, four := large(1), large(2), large(3), large(4)
	archives.Keep(KeepParams{Archives: [][]byte{one}, Needed: []string{digestOf(one)}})
	archives.Keep(KeepParams{Archives: [][]byte{two}, Needed: []string{digestOf(two)}})
	if _, ok := archives.content(digestOf(one)); !ok {
		t.Fatal("the first is gone")
	}
	reply := archives.Keep(KeepParams{Archives: [][]byte{three}, Needed: []string{digestOf(three)}})
	if want := []string{digestOf(one), digestOf(three)}; !slices.Equal(reply.Held, want) {
		t.Errorf("held %v, want the first and the third", reply.Held)
	}
	// All that one render needs stays, however much it is.
	needed := []string{digestOf(one), digestOf(three), digestOf(four)}
	reply = archives.Keep(KeepParams{Archives: [][]byte{four}, Needed: needed})
	if !slices.Equal(reply.Held, needed) {
		t.Errorf("held %v, want all that is needed", reply.Held)
	}
}
