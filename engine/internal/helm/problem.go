package helm

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// problem makes a target's problem; an empty path is none.
func problem(kind, path, format string, blanks ...any) *rendering.Problem {
	made := &rendering.Problem{Kind: kind, Message: fmt.Sprintf(format, blanks...)}
	if path != "" {
		made.Path = &path
	}
	return made
}

// about names the problem's subject.
func about(made *rendering.Problem, subject string) *rendering.Problem {
	made.Subject = &subject
	return made
}

// notRead is the problem of a path that could not be read, or the error itself where the
// path is not to blame.
func notRead(err error, path string) error {
	switch {
	case errors.Is(err, gitfs.ErrOutside):
		return about(problem("forbidden-path", path, "%s leads out of the repository.", path), path)
	case errors.Is(err, gitfs.ErrSubmodule):
		return about(problem("remote", "", "%s lies in a submodule, whose files are not part of the commit.", path), path)
	case errors.Is(err, fs.ErrNotExist):
		return about(problem("missing-file", "", "%s does not exist.", path), path)
	default:
		return fmt.Errorf("%s: %w", path, err)
	}
}

var (
	yamlLine   = regexp.MustCompile(`(?:^|\s)yaml: line (\d+): ([^\n]*)`)
	yamlOther  = regexp.MustCompile(`(?:^|\s)yaml: ([^\n]*)`)
	jsonType   = regexp.MustCompile(`json: cannot unmarshal (\w+) into Go (?:value|struct field (\S*))`)
	quotedName = regexp.MustCompile(`unknown anchor '[^']*'`)
)

// notYAML says in one clause what is wrong with a document, and in which line of it; 0 is
// unknown. Nothing of the document is quoted.
func notYAML(err error) (reason string, line int) {
	text := err.Error()
	if match := yamlLine.FindStringSubmatch(text); match != nil {
		line, _ = strconv.Atoi(match[1])
		return match[2], line
	}
	if match := yamlOther.FindStringSubmatch(text); match != nil {
		return quotedName.ReplaceAllString(match[1], "unknown anchor"), 0
	}
	if match := jsonType.FindStringSubmatch(text); match != nil {
		return "it has " + kindNames[match[1]] + wherein(match[2]), 0
	}
	return "it cannot be read", 0
}

var kindNames = map[string]string{
	"array": "a list", "string": "a text", "number": "a number", "bool": "a boolean", "object": "a mapping",
}

func wherein(field string) string {
	if field == "" {
		return " where a mapping is wanted"
	}
	return " at " + regexp.MustCompile(`^\w*\.`).ReplaceAllString(field, "")
}

// lineOf is a known line, or nil.
func lineOf(line int) *int {
	if line <= 0 {
		return nil
	}
	return &line
}
