package helm

import (
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
)

// schemaProblem is values that do not meet a schema, and what is said about it.
type schemaProblem struct {
	name    string
	files   map[string]string
	values  []Layer
	kind    string
	subject string
	message string
	path    string
	line    int
}

var schemaOfApp = map[string]string{"values.yaml": "image:\n  tag: v1\nreplicas: 1\n", "values.schema.json": `{"type":"object","required":["image"],"properties":{
		"image":{"type":"object","required":["tag"],"properties":{"tag":{"type":"string","pattern":"^v"}}},
		"replicas":{"type":"integer","minimum":1},
		"password":{"type":"string","pattern":"^[0-9]+$"},
		"size":{"enum":["small","large"]},
		"ports":{"type":"array","items":{"type":"integer"}}}}`}

func (c schemaProblem) check(t *testing.T) {
	disk := fixture.Disk(t, chartOf(with(schemaOfApp, c.files)))
	found := problemOf(t, disk, app(c.values...))
	if found.Kind != c.kind || pointed(found.Subject) != c.subject || pointed(found.Path) != c.path || pointed(found.Line) != c.line {
		t.Errorf("got %s, subject %q, at %q:%d: %s", found.Kind, pointed(found.Subject), pointed(found.Path), pointed(found.Line), found.Message)
	}
	if c.message != "" && found.Message != c.message {
		t.Errorf("got %q", found.Message)
	}
	if strings.Contains(found.Message, "canary") {
		t.Errorf("the message tells too much: %s", found.Message)
	}
	source := app(c.values...)
	source.SkipSchemaValidation = true
	// That a subchart's values are a mapping is no matter of schemas.
	if _, err := Render(disk, source, false); err != nil && c.subject != "sub" {
		t.Errorf("without schemas: %v", err)
	}
}

func TestSchemas(t *testing.T) {
	subs := map[string]string{"charts/sub/Chart.yaml": subYAML, "charts/sub/values.schema.json": `{"properties":{"a":{"type":"string"}}}`, "charts/sub/values.yaml": "a: x\n"}
	for _, one := range []schemaProblem{
		{"a wrong type in a file", map[string]string{"/v.yaml": "x: y\nimage:\n  tag: 1\n"}, []Layer{{File: "v.yaml"}}, "invalid-values", "image.tag",
			"The values do not meet the chart's schema: image.tag: got number, want string.", "v.yaml", 3},
		{"a value in the source", nil, []Layer{set("replicas=0")}, "invalid-values", "replicas", "The values do not meet the chart's schema: replicas: minimum: got 0, want 1.", "", 0},
		{"the last layer that has it", map[string]string{"/v.yaml": "replicas: 0", "/w.yaml": "x: y\n\nreplicas: -1"}, []Layer{{File: "v.yaml"}, {File: "w.yaml"}, text("size: small")}, "invalid-values", "replicas", "", "w.yaml", 3},
		{"the chart's own values", map[string]string{"values.yaml": "image: {tag: v1}\nreplicas: many\n"}, nil, "invalid-values", "replicas", "", "charts/app/values.yaml", 2},
		{"a missing value", map[string]string{"values.yaml": "a: b"}, nil, "invalid-values", "", "The values do not meet the chart's schema: missing property 'image'.", "charts/app/values.yaml", 0},
		{"an item of a list", nil, []Layer{text("ports: [1, x]")}, "invalid-values", "ports[1]", "The values do not meet the chart's schema: ports[1]: got string, want integer.", "", 0},
		{"not among the allowed", nil, []Layer{text("size: huge")}, "invalid-values", "size", "The values do not meet the chart's schema: size: value must be one of 'small', 'large'.", "", 0},
		{"a pattern, without the value", nil, []Layer{text("password: canary-password")}, "invalid-values", "password", "The values do not meet the chart's schema: password: does not match the pattern ^[0-9]+$.", "", 0},
		{"several", nil, []Layer{text("size: huge\nreplicas: 0\nports: ['1', '2']")}, "invalid-values", "ports[0]",
			"The values do not meet the chart's schema: ports[0]: got string, want integer; ports[1]: got string, want integer; replicas: minimum: got 0, want 1; and 1 more.", "", 0},
		{"a subchart's", subs, []Layer{text("sub: {a: 1}")}, "invalid-values", "sub.a", "The values do not meet the chart's schema: sub.a: got number, want string.", "", 0},
		{"a subchart's own values", with(subs, map[string]string{"charts/sub/values.yaml": "b: 1\na: 2\n"}), nil, "invalid-values", "sub.a", "", "charts/app/charts/sub/values.yaml", 2},
		{"a subchart that is no mapping", subs, []Layer{text("sub: canary-text")}, "invalid-values", "sub", "The value sub belongs to the subchart of that name and has to be a mapping.", "", 0},
	} {
		t.Run(one.name, one.check)
	}
}

func TestSchemasThatCannotBeUsed(t *testing.T) {
	for _, one := range []schemaProblem{
		{"a remote reference", map[string]string{"values.schema.json": `{"$ref":"https://example.com/schema.json#/definitions/x"}`}, nil, "remote", "https://example.com/schema.json",
			"charts/app/values.schema.json refers to https://example.com/schema.json, which is remote, and remote schemas are not fetched.", "charts/app/values.schema.json", 0},
		{"a reference to the machine's files", map[string]string{"values.schema.json": `{"$ref":"file:///etc/hostname"}`}, nil, "invalid-chart", "", "", "charts/app/values.schema.json", 0},
		{"a relative reference", map[string]string{"values.schema.json": `{"$ref":"defs.json"}`, "defs.json": "{}"}, nil, "invalid-chart", "", "", "charts/app/values.schema.json", 0},
		{"a broken schema", map[string]string{"values.schema.json": `{"type":`}, nil, "invalid-chart", "", "", "charts/app/values.schema.json", 0},
		{"a schema that is none", map[string]string{"values.schema.json": `{"type":"strange"}`}, nil, "invalid-chart", "", "", "charts/app/values.schema.json", 0},
	} {
		t.Run(one.name, one.check)
	}
}

func TestSchemaThatNamesAnother(t *testing.T) {
	files := with(schemaOfApp, map[string]string{"values.schema.json": `{"$ref":"urn:example:x"}`})
	if items := rendered(t, fixture.Disk(t, chartOf(files)), app()); len(items) != 0 {
		t.Errorf("got %d items", len(items))
	}
}
