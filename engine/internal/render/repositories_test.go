package render

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/redact"
)

const other = "https://github.com/acme/other"

// fromOther renders a source, in which OTHER stands for a commit of another repository.
func fromOther(t *testing.T, files, others map[string]string, source string) Reply {
	t.Helper()
	dir, id := fixture.Commit(t, others)
	repository, err := json.Marshal(map[string]string{"repository": other, "ref": "", "gitDir": filepath.Join(dir, ".git"), "commit": id})
	if err != nil {
		t.Fatal(err)
	}
	return renderWith(t, files, strings.ReplaceAll(source, "OTHER", string(repository)), "origins", redact.Redaction{Mode: redact.Mask})
}

func TestSourcesInOtherRepositories(t *testing.T) {
	mine := map[string]string{"values.yaml": "a: mine", "o/kustomization.yaml": "resources: [gone.yaml]"}
	others := map[string]string{
		"o/kustomization.yaml":      "resources: [c.yaml]",
		"o/c.yaml":                  configMap,
		"chart/Chart.yaml":          "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"chart/values.yaml":         "a: own\nb: own\nc: own\n",
		"chart/values-prod.yaml":    "b: prod\n",
		"chart/templates/c.yaml":    configMap + "data: {a: {{ .Values.a }}, b: {{ .Values.b }}, c: {{ .Values.c }}, d: {{ .Values.d | quote }}}\n",
		"chart/templates/d.yaml":    "{{ if .Values.broken }}{{ include \"gone\" . }}{{ end }}",
		"values.yaml":               "c: theirs\n",
		"broken/kustomization.yaml": "resources: [gone.yaml]",
	}
	helm := func(values string) string {
		return `{"tool":"helm","chart":{"path":"chart","repository":OTHER},"releaseName":"r","namespace":"n","includeCrds":true,"values":[` + values + `]}`
	}
	for name, c := range map[string]struct{ source, want, problem string }{
		"a kustomization": {source: `{"tool":"kustomize","path":"o","repository":OTHER}`, want: `"name":"c"`},
		"a directory":     {source: `{"tool":"directory","path":"o","include":"c.yaml","repository":OTHER}`, want: `"name":"c"`},
		"a chart with values of both": {
			source: helm(`{"file":"values.yaml"},{"file":"values*.yaml","repository":OTHER},{"chartFile":"values-prod.yaml"},{"setFile":{"name":"d","file":"values.yaml","repository":OTHER}}`),
			want:   `"data":{"a":"mine","b":"prod","c":"theirs","d":"c: theirs\n"}`,
		},
		"a problem there": {
			source:  `{"tool":"kustomize","path":"broken","repository":OTHER}`,
			problem: "missing-file In " + other + ": broken/gone.yaml does not exist.",
		},
		"a template's problem":                {source: helm(`{"set":"broken=true"}`), problem: "template In " + other + ": There is no template named gone."},
		"a values file that is missing here":  {source: helm(`{"file":"gone.yaml"}`), problem: "missing-file gone.yaml does not exist."},
		"a values file that is missing there": {source: helm(`{"file":"gone.yaml","repository":OTHER}`), problem: "missing-file In " + other + ": gone.yaml does not exist."},
	} {
		t.Run(name, func(t *testing.T) {
			reply := fromOther(t, mine, others, c.source)
			if c.problem != "" {
				if found := reply.Problem; found == nil || found.Kind+" "+found.Message != c.problem || found.Path != nil || found.Line != nil {
					t.Fatalf("got %+v", found)
				}
				return
			}
			if reply.Problem != nil {
				t.Fatal(reply.Problem.Message)
			}
			if len(reply.Resources) != 1 || !strings.Contains(string(reply.Resources[0]), c.want) {
				t.Errorf("got %s", reply.Resources)
			}
			if origin := reply.Origins[0]; origin.Path != nil || origin.ConfiguredIn != nil || origin.Remote.Address != other {
				t.Errorf("got %+v", origin)
			}
			for _, traced := range reply.Trace {
				if traced.Path != "values.yaml" {
					t.Errorf("traced %+v", traced)
				}
			}
		})
	}
}
