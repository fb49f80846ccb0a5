package kustomize

import (
	"errors"
	"fmt"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"

	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/redact"
)

// Problem is why a target did not render; src/model/rendering.ts has the words.
type Problem struct {
	Kind    string  `json:"kind"`
	Message string  `json:"message"`
	Path    *string `json:"path"`
	Line    *int    `json:"line"`
	Subject *string `json:"subject"`
}

// ProblemKinds are all kinds that a Problem may have, the client's own included.
var ProblemKinds = []string{
	"syntax", "missing-file", "not-a-directory", "no-kustomization", "cycle", "patch-target",
	"duplicate-resource", "invalid-resource", "invalid-kustomization", "remote", "forbidden-path", "object-missing",
	"timeout", "memory", "crash", "other",
}

// failure is what is known when kustomize gives up.
type failure struct {
	disk   *gitfs.FileSystem
	files  map[string][]byte
	target string
}

// rule recognises one upstream error. Its pattern's groups fill in the message's blanks;
// the one that is named subject, path or line goes into the problem.
type rule struct {
	kind    string
	pattern *regexp.Regexp
	message string
}

// The texts of kustomize api v0.21; render_test.go holds each to the real library.
var rules = []rule{
	{"cycle", regexp.MustCompile(`cycle detected: candidate root '(?P<subject>[^']*)' contains visited root '(?P<path>[^']*)'`),
		"%[1]s comes back to itself through its bases, by way of %[2]s: a circle."},
	{"no-kustomization", regexp.MustCompile(`unable to find one of [^\n]* in directory '(?P<subject>[^']*)'`),
		"%[1]s has no kustomization.yaml."},
	{"invalid-kustomization", regexp.MustCompile(`Found multiple kustomization files under: (?P<path>[^\s:]*)`),
		"%[1]s has more than one kustomization file; keep one."},
	{"invalid-kustomization", regexp.MustCompile(`invalid Kustomization: (?:error unmarshaling JSON: while decoding JSON: )?json: unknown field "(?P<subject>[^"]*)"`),
		"The kustomization has an unknown field: %[1]s."},
	{"syntax", regexp.MustCompile(`invalid Kustomization: yaml: (?:line (?P<line>\d+): )?(?P<reason>[^\n]*)`), "The kustomization is not valid YAML: %[2]s."},
	{"invalid-kustomization", regexp.MustCompile(`invalid Kustomization: (?s:(.*))`), "The kustomization is not valid: %[1]s"},
	{"invalid-resource", regexp.MustCompile(`accumulating resources from '(?P<subject>[^']*)': missing (kind|metadata\.name) in object`),
		"%[1]s has an object without %[2]s."},
	{"duplicate-resource", regexp.MustCompile(`may not add resource with an already registered id: (?P<subject>[^\s']+)`),
		"%[1]s is added twice."},
	{"duplicate-resource", regexp.MustCompile(`found multiple objects? [^\n]*(?P<subject>with id \S+)`), "More than one resource %[1]s."},
	{"patch-target", regexp.MustCompile(`no resource matches strategic merge patch "(?P<subject>[^"]*)"`),
		"A patch is for %[1]s, which is not among the resources."},
	{"patch-target", regexp.MustCompile(`no matches for Id (?P<subject>[^;\n]+); failed to find unique target for patch`),
		"A patch is for %[1]s, which is not among the resources."},
	{"patch-target", regexp.MustCompile(`unable to find patch target "(?P<subject>[^"]*)"`), "A patch is for %[1]s, which is not among the resources."},
	{"syntax", regexp.MustCompile(`MalformedYAMLError: (?:yaml: line (?P<line>\d+): )?(?P<reason>(?s:.*?)) in File: (?P<path>\S+)`),
		"%[3]s is not valid YAML: %[2]s."},
	{"syntax", regexp.MustCompile(`yaml: line (?P<line>\d+): (?P<reason>[^\n]*)`), "Not valid YAML: %[2]s"},
	{"not-a-directory", regexp.MustCompile(`new root '(?P<subject>[^']*)' cannot be absolute`), "%[1]s is an absolute path; paths start at the kustomization's folder."},
	{"forbidden-path", regexp.MustCompile(`security; file '(?P<subject>[^']*)' is not in or below '(?P<path>[^']*)'`),
		"%[1]s is outside of %[2]s; kustomize reads files only in or below a kustomization's folder."},
	{"missing-file", regexp.MustCompile(`evalsymlink failure on '(?P<subject>[^']*)'`), "%[1]s does not exist."},
	{"missing-file", regexp.MustCompile(`open (?P<subject>[^\s:]+): (?:[^:\n]*: )?file does not exist`), "%[1]s does not exist."},
	{"not-a-directory", regexp.MustCompile(`'(?P<subject>[^']*)': file is not directory`), "%[1]s is a file; a folder with a kustomization is wanted."},
}

// explain makes a problem of an upstream error. Nothing of it is printed before Secret
// values and paths that mean nothing to the author are taken out.
func explain(err error, context failure) *Problem {
	if err := context.disk.Missing(); err != nil {
		return objectMissing(err)
	}
	text := redact.Message(cause(err.Error()), context.files)
	if address := remoteAddress(err, text); address != "" {
		return &Problem{Kind: "remote", Subject: &address,
			Message: fmt.Sprintf("%s is remote, and remote resources are not fetched.", address)}
	}
	if link := context.disk.Outside(); link != "" {
		return &Problem{Kind: "forbidden-path", Subject: &link, Path: &link,
			Message: fmt.Sprintf("%s is a symlink that leads out of the repository.", link)}
	}
	for _, rule := range rules {
		if match := rule.pattern.FindStringSubmatch(text); match != nil {
			return rule.problem(match, context)
		}
	}
	return &Problem{Kind: "other", Message: relative(lastCause(text))}
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
			problem.Subject = &value
		case "path":
			if full := path.Join(context.target, value); context.files[value] == nil && context.files[full] != nil {
				value = full
			}
			problem.Path = &value
		}
		blanks = append(blanks, value)
	}
	problem.Message = fmt.Sprintf(r.message, blanks...)
	if extra := strings.Index(problem.Message, "%!(EXTRA"); extra >= 0 {
		problem.Message = problem.Message[:extra]
	}
	return problem
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

func objectMissing(err error) *Problem {
	return &Problem{Kind: "object-missing", Message: "The repository's copy is incomplete: " + err.Error() + "."}
}

// A resource that cannot be loaded as a file is tried as a folder; that it is none, too, is
// not what the author wants to know.
var alsoNoFolder = regexp.MustCompile(`(?s)accumulation err='(.*)': must build at directory: .*file is not directory$`)

func cause(text string) string {
	return alsoNoFolder.ReplaceAllString(text, "$1")
}

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
