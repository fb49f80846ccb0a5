package helm

import (
	"encoding/json"
	"errors"
	"strings"

	"helm.sh/helm/v4/pkg/strvals"

	"hydrant/engine/internal/rendering"
)

// set parses a parameter as --set does. What is wrong with it is said without its text: the
// parser takes a part of a value with a comma in it for a name.
func (r *run) set(values map[string]any, parameter string, forceString bool) error {
	parse := strvals.ParseInto
	if forceString {
		parse = strvals.ParseIntoString
	}
	name, _, _ := strings.Cut(parameter, "=")
	return r.put(values, name, func(into map[string]any) error { return parse(parameter, into) })
}

// put lets a parser set a value, and keeps what it set as a layer of its own.
func (r *run) put(values map[string]any, name string, parse func(into map[string]any) error) error {
	alone := map[string]any{}
	if err := errors.Join(parse(alone), parse(values)); err != nil {
		return notSet(name)
	}
	content, err := json.Marshal(alone)
	r.layers = append(r.layers, layer{content: content})
	return err
}

func notSet(name string) error {
	return about(problem("invalid-values", "", "The parameter %s cannot be parsed; in a value, a comma is written \\, as --set takes it.", name), name)
}

func (r *run) setFile(values map[string]any, one SetFile) error {
	content, err := r.contentOf(one)
	if err != nil {
		return err
	}
	// The parser sees a stand-in for the path, which may have commas of its own.
	reader := func([]rune) (any, error) { return string(content), nil }
	return r.put(values, one.Name, func(into map[string]any) error {
		return strvals.ParseIntoFile(one.Name+"=content", into, reader)
	})
}

// contentOf reads a file of the commit, one of another repository, or one at an address.
func (r *run) contentOf(one SetFile) ([]byte, error) {
	if address.MatchString(one.File) {
		return atAddress(r.commit, one.File)
	}
	at, err := inRepository(one.File)
	if err != nil {
		return nil, err
	}
	disk := r.commit
	if one.Repository != nil {
		if disk, err = r.commit.Other(*one.Repository); err != nil {
			return nil, rendering.ObjectMissing(err).In(one.Repository.Repository)
		}
	}
	content, err := disk.ReadFile("/" + at)
	if err != nil {
		return nil, notRead(err, at)
	}
	return content, nil
}

// at puts a value at a path as Flux does (chartutil.ReplacePathValue of its packages):
// quotes around the value make it a string.
func (r *run) at(values map[string]any, one At) error {
	parse, value := strvals.ParseInto, one.Value
	switch {
	case one.Literal:
		parse = strvals.ParseLiteralInto
	case quoted(value, `'`) || quoted(value, `"`):
		parse, value = strvals.ParseIntoString, strings.Trim(value, `'"`)
	}
	return r.put(values, one.Path, func(into map[string]any) error { return parse(one.Path+"="+value, into) })
}

func quoted(value, mark string) bool {
	return strings.HasPrefix(value, mark) && strings.HasSuffix(value, mark)
}
