package kustomize

import (
	"fmt"
	"strings"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

// withheld explains an error, and says so where it quotes what could be a Secret's value.
// The author finds it at its line instead.
func withheld(err error, context failure) *Problem {
	problem := explain(err, context)
	text := problem.Withhold(cause(err.Error()), context.disk)
	switch {
	case problem.Kind == "missing-file" && rendering.IsWithheld(problem.Message):
		problem.Message = noFile(text, problem, context)
	case strings.HasSuffix(text, noText):
		problem.Message = "A resource, or what is added to it, has a field whose name is no text, such as 1 or yes; put it in quotes."
	}
	return problem
}

// NotWritten is the problem of a resource that cannot be written: kustomize keeps what it
// reads as it stands, and only then finds a field twice, or one whose name is no text.
func NotWritten(err error, disk *gitfs.FileSystem) *Problem {
	return withheld(err, failure{disk: disk, target: "."})
}

// noText is how an object ends that upstream cannot write as JSON, after it printed it.
const noText = "json: unsupported type: map[interface {}]interface {}"

func noFile(text string, problem *Problem, context failure) string {
	file := context.in(text).kustomization()
	if problem.Path == nil || rendering.IsWithheld(*problem.Path) {
		problem.Path = &file
	}
	file = *problem.Path
	if strings.Contains(text, "(not shown)") {
		return fmt.Sprintf("%s has an entry that is neither the name of a file nor a manifest that can be read; it is not shown, as it may hold a Secret's value.", file)
	}
	return fmt.Sprintf("%s names a file that does not exist; the name is not shown, as it may be a Secret's value. A secretGenerator reads files by key=path, and takes values as literals.", file)
}
