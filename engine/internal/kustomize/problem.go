package kustomize

import (
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/redact"
	"hydrant/engine/internal/rendering"
)

// Problem is why a target did not render.
type Problem = rendering.Problem

// failure is what is known when kustomize gives up.
type failure struct {
	disk   *gitfs.FileSystem
	target string
	// folder is where kustomize was when it gave up.
	folder string
}

// explain makes a problem of an upstream error. Nothing of it is printed before Secret
// values and paths that mean nothing to the author are taken out.
func explain(err error, context failure) *Problem {
	if err := context.disk.Missing(); err != nil {
		return rendering.ObjectMissing(err)
	}
	text := redact.Message(cause(err.Error()), context.disk.Contents())
	if address := remoteAddress(err, text); address != "" {
		if file := context.disk.Remotes().File(address); file != nil && !file.None {
			return &Problem{Kind: "invalid-resource", Subject: &address,
				Message: fmt.Sprintf("%s is neither a manifest nor a Git repository with a kustomization.", address)}
		}
		return &Problem{Kind: "remote", Subject: &address,
			Message: fmt.Sprintf("%s is remote, and remote resources are not fetched.", address)}
	}
	if link := context.disk.Outside(); link != "" {
		return &Problem{Kind: "forbidden-path", Subject: &link, Path: &link,
			Message: fmt.Sprintf("%s is a symlink that leads out of the repository.", link)}
	}
	for _, rule := range rules {
		if at := rule.pattern.FindStringSubmatchIndex(text); at != nil {
			return rule.problem(rule.pattern.FindStringSubmatch(text), context.in(text[:at[0]]))
		}
	}
	path := context.in(text).kustomization()
	return &Problem{Kind: "other", Path: &path, Message: relative(pointer.ReplaceAllString(lastCause(text), "…"))}
}

func (r rule) problem(match []string, context failure) *Problem {
	problem := &Problem{Kind: r.kind}
	blanks := make([]any, 0, len(match)-1)
	for i, name := range r.pattern.SubexpNames()[1:] {
		value := relative(match[i+1])
		switch name {
		case "line":
			if line, err := strconv.Atoi(value); err == nil {
				problem.Line = &line
			}
		case "subject":
			subject := value
			problem.Subject = &subject
		case "id":
			subject := value
			problem.Subject, value = &subject, resourceInWords(value)
		case "type":
			value = typeInWords(value)
		case "field":
			value = "/" + strings.TrimPrefix(value, "/")
			subject := value
			problem.Subject = &subject
		case "file":
			value = context.inCommit(context.fromFolder(value))
			subject := value
			problem.Subject, problem.Path = &subject, &subject
		case "path":
			value = context.inCommit(value)
			problem.Path = &value
		}
		blanks = append(blanks, value)
	}
	problem.Message = r.words(blanks, context)
	// It is the kustomization that kustomize was in that closes a circle.
	if r.kind == "cycle" || strings.Contains(r.message, "{kustomization}") {
		if path, ok := context.disk.Real(context.kustomizationFile()); ok {
			problem.Path = &path
		}
	}
	return problem
}

// inCommit is the path in the commit of a file that a message names as the build sees it,
// from the root or from the folder that kustomize was in. What only the build has keeps its
// name, and so does the root.
func (f failure) inCommit(name string) string {
	files := f.disk.Contents()
	if full := f.fromFolder(name); files[name] == nil && files[full] != nil {
		name = full
	}
	if real, ok := f.disk.Real(name); ok && real != "" {
		return real
	}
	return name
}

var (
	gitURL  = regexp.MustCompile(`accumulating resources from '([^']+)'`)
	cloning = regexp.MustCompile(`no 'git' program on path`)
)

// remoteAddress is what kustomize wanted to fetch when it gave up, or empty.
func remoteAddress(err error, text string) string {
	refused := confine.TakeRefused()
	if refused == "" && !errors.Is(err, exec.ErrNotFound) && !cloning.MatchString(text) {
		return ""
	}
	if refused != "" {
		return refused
	}
	if matches := gitURL.FindAllStringSubmatch(text, -1); matches != nil {
		return matches[len(matches)-1][1]
	}
	return "a base"
}

// A resource that cannot be loaded as a file is tried as a folder; that it is none, too, is
// not what the author wants to know.
var alsoNoFolder = regexp.MustCompile(`(?s)accumulation err='(.*)': must build at directory: .*file is not directory$`)

func cause(text string) string {
	return alsoNoFolder.ReplaceAllString(unquoted(text), "$1")
}

// An error in a component stands quoted in that of the kustomization around it.
var quoted = regexp.MustCompile(`(accumulateDirectory: )("(?:[^"\\]|\\.)*")`)

func unquoted(text string) string {
	for {
		at := quoted.FindStringSubmatchIndex(text)
		if at == nil {
			return text
		}
		inner, err := strconv.Unquote(text[at[4]:at[5]])
		if err != nil {
			return text
		}
		text = text[:at[4]] + inner + text[at[5]:]
	}
}

// pointer is an address that some errors print, and another one each time.
var pointer = regexp.MustCompile(`\b0x[0-9a-f]{6,}\b`)

var absolute = regexp.MustCompile(`(^|[\s'"\[(])/([\w.-])`)

// relative turns the paths of the commit's file system into the repository's.
func relative(text string) string {
	return strings.TrimSpace(absolute.ReplaceAllString(text, "$1$2"))
}

// lastCause leaves out the chain of accumulating that leads to an error.
func lastCause(text string) string {
	const chain = "accumulation err='"
	if at := strings.LastIndex(text, chain); at >= 0 {
		text = text[at+len(chain):]
	}
	return text
}
