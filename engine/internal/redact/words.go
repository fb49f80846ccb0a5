package redact

import (
	_ "embed"
	"path"
	"regexp"
	"strings"
)

//go:embed words.txt
var wordList string

// ordinary are the words that upstream's messages are made of, in small letters.
var ordinary = func() map[string]bool {
	words := map[string]bool{}
	for _, line := range strings.Split(wordList, "\n") {
		if !strings.HasPrefix(line, "#") {
			for _, word := range strings.Fields(line) {
				words[word] = true
			}
		}
	}
	return words
}()

// word is what stands between spaces and the punctuation of YAML, JSON, paths and sentences.
var word = regexp.MustCompile("[^\\s\"'`(),;\\[\\]{}<>=:|\\\\/*&!?#%]+")

// trimmed leaves out the full stop of a sentence and the dash of a list.
func trimmed(text string) string {
	return strings.Trim(text, ".-")
}

// telling finds the words of a text that could give away what it holds.
func telling(text string, add func(string)) {
	for _, one := range word.FindAllString(text, -1) {
		if one = trimmed(one); len(one) >= shortest {
			add(one)
		}
	}
}

// names are what a repository's files and objects are called: no secret.
type names map[string]bool

func (n names) has(text string) bool {
	return n[text] || ordinary[strings.ToLower(text)]
}

func (n names) add(texts ...string) {
	for _, text := range texts {
		n[text] = true
		telling(text, func(word string) { n[word] = true })
	}
}

// namesOf are those of the files that were read, and of folders on the way.
func namesOf(files map[string][]byte) names {
	found := names{}
	for name := range files {
		for ; name != "." && name != "/" && name != ""; name = path.Dir(name) {
			found.add(path.Base(name))
		}
	}
	return found
}

var (
	segment   = regexp.MustCompile(`^[\w.-]{1,64}$`)
	extension = regexp.MustCompile(`\.[a-z][a-z0-9]{0,11}$`)
)

// isPath tells the name of a file from a value that is written in its place.
func (n names) isPath(text string) bool {
	for _, part := range strings.Split(strings.TrimPrefix(text, "/"), "/") {
		if !segment.MatchString(part) || looksRandom(part) {
			return false
		}
	}
	return extension.MatchString(text) || n[path.Base(text)]
}
