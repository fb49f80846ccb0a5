package kustomize

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
)

// words are the message with its blanks filled in.
func (r rule) words(blanks []any, context failure) string {
	for i, blank := range blanks {
		if blank == "/" {
			blanks[i] = "the root of the repository"
		}
	}
	if r.kind == "cycle" && blanks[0] != blanks[1] {
		// Kustomize refuses a base around the one that uses it even where no circle would come of it.
		return fmt.Sprintf("%[2]s uses %[1]s as a base and stands inside it, which kustomize takes for a circle; move one of them.", blanks...)
	}
	message := fmt.Sprintf(r.message, blanks...)
	if extra := strings.Index(message, "%!(EXTRA"); extra >= 0 {
		message = message[:extra]
	}
	return strings.ReplaceAll(message, "{kustomization}", context.kustomization())
}

var entered = regexp.MustCompile(`(?:recursed accumulation of|couldn't make target for) path '([^']*)'`)

// in is the failure in the folder that the chain of an error has led to.
func (f failure) in(chain string) failure {
	f.folder = f.target
	if all := entered.FindAllStringSubmatch(chain, -1); all != nil {
		f.folder = relative(all[len(all)-1][1])
	}
	return f
}

// fromFolder is a path as the folder's kustomization has it, from the repository's root.
func (f failure) fromFolder(name string) string {
	if strings.Contains(name, "://") {
		return name
	}
	// A folder of another repository is its address, two slashes and its path.
	if at := strings.LastIndex(f.folder, "//"); at >= 0 {
		return f.folder[:at+2] + path.Join(f.folder[at+2:], name)
	}
	return path.Join(f.folder, name)
}

// kustomization is the folder's file for a message: its path in the commit.
func (f failure) kustomization() string { return f.inCommit(f.kustomizationFile()) }

// kustomizationFile is the folder's file as the build sees it.
func (f failure) kustomizationFile() string {
	files := f.disk.Contents()
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if _, read := files[f.fromFolder(name)]; read {
			return f.fromFolder(name)
		}
	}
	return f.fromFolder(konfig.DefaultKustomizationFileName())
}

// A selector is written as a resource with its annotations and labels.
var resourceID = regexp.MustCompile(`^([^.]+)\.([^.]+)\.(.+)/([^/]+)\.([^./:]+)(?::a=(?:.*):l=(?:.*))?$`)

// resourceInWords says `Deployment.v1.apps/web.prod` as `apps/v1 Deployment prod/web`.
func resourceInWords(id string) string {
	match := resourceID.FindStringSubmatch(id)
	if match == nil {
		return id
	}
	kind, version, group, name, namespace := match[1], match[2], match[3], match[4], match[5]
	if group != "[noGrp]" {
		version = group + "/" + version
	}
	if name == "[noName]" {
		name = "of any name"
	}
	if namespace != "[noNs]" {
		name = namespace + "/" + name
	}
	return strings.TrimPrefix(fmt.Sprintf("%s %s %s", version, kind, name), "[noVer] ")
}

// typeInWords says a JSON kind, or a Go type that is wanted instead.
func typeInWords(name string) string {
	switch {
	case name == "array" || strings.HasPrefix(name, "[]"):
		return "a list"
	case name == "object" || strings.HasPrefix(name, "map[") || strings.Contains(name, "types."):
		return "a mapping"
	case name == "number" || strings.HasPrefix(name, "int"):
		return "a number"
	case name == "bool":
		return "true or false"
	case name == "string":
		return "text"
	}
	return name
}
