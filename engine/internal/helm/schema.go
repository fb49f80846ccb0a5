package helm

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/rendering"
)

// schemaName is under what helm knows a chart's schema; references start there.
const schemaName = "file:///values.schema.json"

// violation is one value that a schema refuses.
type violation struct {
	// location starts at the target's values, own at those of the chart that has the schema.
	location, own []string
	reason        string
	// missing is set where a value is wanted that is not there.
	missing bool
	chart   *chart.Chart
}

// checkSchemas holds the values to the schemas of the chart and its subcharts. This is what
// helm does (util.ValidateAgainstSchema), with its library, but helm would read files of the
// machine and addresses that a schema refers to.
func (r *run) checkSchemas() error {
	found, err := r.violations(r.chart, r.values, nil)
	if err != nil || len(found) == 0 {
		return err
	}
	// The library goes through maps in random order.
	slices.SortFunc(found, func(a, b violation) int { return strings.Compare(a.String(), b.String()) })
	found = slices.CompactFunc(found, func(a, b violation) bool { return a.String() == b.String() })
	made := problem("invalid-values", "", "The values do not meet the chart's schema: %s.", listed(found))
	made.Secrets = r.secrets()
	if !slices.ContainsFunc(found, func(one violation) bool { return !one.missing }) {
		made.WantsValues = rendering.MoreValues
	}
	at, line := r.placeOfValue(found[0])
	if at != "" {
		made.Path, made.Line = &at, lineOf(line)
	}
	return about(made, dotted(found[0].location))
}

// shown is how many violations a message tells; the rest is counted.
const shown = 3

func listed(found []violation) string {
	var texts []string
	for _, one := range found[:min(shown, len(found))] {
		texts = append(texts, one.String())
	}
	text := strings.Join(texts, "; ")
	if more := len(found) - shown; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

func (v violation) String() string {
	if len(v.location) == 0 {
		return v.reason
	}
	return dotted(v.location) + ": " + v.reason
}

func (r *run) violations(checked *chart.Chart, values map[string]any, location []string) ([]violation, error) {
	var found []violation
	if checked.Schema != nil {
		invalid, err := r.validate(checked, values)
		if err != nil {
			return nil, err
		}
		for _, leaf := range leaves(invalid) {
			_, missing := leaf.ErrorKind.(*kind.Required)
			found = append(found, violation{location: join(location, leaf.InstanceLocation), own: leaf.InstanceLocation, reason: reason(leaf), missing: missing, chart: checked})
		}
	}
	for _, subchart := range checked.Dependencies() {
		name := subchart.Name()
		raw, ok := values[name]
		if !ok || raw == nil {
			continue
		}
		below, ok := raw.(map[string]any)
		if !ok {
			found = append(found, violation{location: join(location, []string{name}), reason: "has to be a mapping", chart: checked})
			continue
		}
		more, err := r.violations(subchart, below, join(location, []string{name}))
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

func join(above, below []string) []string {
	return append(slices.Clone(above), below...)
}

// validate gives what is wrong with values, or the problem of the schema itself.
func (r *run) validate(checked *chart.Chart, values map[string]any) (invalid *jsonschema.ValidationError, err error) {
	at := r.placeOf(checked, "values.schema.json")
	defer func() {
		if broken := recover(); broken != nil {
			err = problem("invalid-chart", at.path, "%s cannot be used: %v.", at, broken)
		}
	}()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(checked.Schema))
	if err != nil {
		return nil, problem("invalid-chart", at.path, "%s is not valid: %s.", at, err)
	}
	references := &references{known: r.disk.Remotes()}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(references)
	if err := compiler.AddResource(schemaName, schema); err != nil {
		return nil, problem("invalid-chart", at.path, "%s is not valid: %s.", at, err)
	}
	compiled, err := compiler.Compile(schemaName)
	if address := references.remote; address != "" {
		return nil, about(problem("remote", at.path, "%s refers to %s, which is remote, and remote schemas are not fetched.", at, address), address)
	}
	if err != nil {
		return nil, problem("invalid-chart", at.path, "%s is not valid: %s.", at, strings.ReplaceAll(err.Error(), schemaName, ""))
	}
	err = compiled.Validate(values)
	if errors.As(err, &invalid) {
		return invalid, nil
	}
	return nil, err
}

// references gives what a schema refers to outside of itself, where it was fetched.
type references struct {
	known  *remote.Inputs
	remote string
}

var errNotLoaded = errors.New("a schema may only refer to itself and to the web")

// Load is asked for every address that the schema does not have. A name (urn:) allows all,
// as in helm.
func (r *references) Load(address string) (any, error) {
	switch scheme, _, _ := strings.Cut(address, ":"); scheme {
	case "urn":
		return true, nil
	case "http", "https":
		if file := r.known.File(address); file != nil {
			return jsonschema.UnmarshalJSON(bytes.NewReader(file.Base64))
		}
		r.known.Lack(remote.Need{Kind: "file", URL: address, Subject: address})
		r.remote = address
	}
	return nil, errNotLoaded
}

// leaves are the causes that have no causes.
func leaves(invalid *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if invalid == nil {
		return nil
	}
	if len(invalid.Causes) == 0 {
		return []*jsonschema.ValidationError{invalid}
	}
	var found []*jsonschema.ValidationError
	for _, cause := range invalid.Causes {
		found = append(found, leaves(cause)...)
	}
	return found
}

var english = message.NewPrinter(language.English)

// reason is the library's text, without the value where it would print one.
func reason(leaf *jsonschema.ValidationError) string {
	switch wrong := leaf.ErrorKind.(type) {
	case *kind.Pattern:
		return "does not match the pattern " + wrong.Want
	case *kind.Format:
		return "is not a valid " + wrong.Want
	case *kind.ContentEncoding:
		return "is not encoded as " + wrong.Want
	case *kind.ContentMediaType:
		return "is not of the media type " + wrong.Want
	default:
		return leaf.ErrorKind.LocalizedString(english)
	}
}
