package helm

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"hydrant/engine/internal/fixture"
)

const deployment = `{{- /* A comment
over two lines */ -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.name" . }}
  labels:
    {{- include "app.labels" . | nindent 4 }}
  annotations:
    checksum/config: {{ include "app.labels" . | sha256sum }}
spec:
  {{- if .Values.more }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  template:
    spec:
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          args: ["a", "b"]
          resources: {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            {{- toYaml .Values.securityContext | nindent 12 }}
          command:
            - sh
            - |
              key: not a field
              echo "{{ .Values.replicas }}"
        {{- range $name, $image := .Values.sidecars }}
        - name: {{ $name }}
          {{ $name }}: {{ $image }}
          env: {{ (list
            (dict "name" "A")) | toYaml | nindent 10 }}
          tty: true
        {{- end }}
`

const helpers = `{{- define "app.name" -}}
{{ .Release.Name }}-app
{{- end }}
{{- define "app.labels" -}}
app: {{ include "app.name" . }}
{{ toYaml .Values.labels }}
tier: web
{{- end }}
`

func TestFieldLines(t *testing.T) {
	disk := fixture.Disk(t, chartOf(map[string]string{
		"values.yaml": "more: true\nreplicas: 2\nimage: {repository: r, tag: t}\nlabels: {x: y, z: a}\n" +
			"resources: {limits: {cpu: 1, memory: 2}}\nsecurityContext: {privileged: true, runAsUser: 0}\nsidecars: {side: i}\n",
		"templates/d.yaml":       deployment,
		"templates/_helpers.tpl": helpers,
		"templates/c.yaml":       configMap("plain", "a", `"x"`),
	}))
	items, err := Render(disk, app(), true)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, line := range items[1].Origin.Lines {
		got[line.Field] = fmt.Sprintf("%s:%d", line.Path[len("charts/app/templates/"):], line.Line)
	}
	container := "/spec/template/spec/containers/"
	want := map[string]string{
		"/apiVersion":                              "d.yaml:3",
		"/metadata/name":                           "d.yaml:6",
		"/metadata/labels":                         "d.yaml:7",
		"/metadata/labels/app":                     "_helpers.tpl:5",
		"/metadata/labels/tier":                    "_helpers.tpl:7",
		"/metadata/annotations":                    "d.yaml:9",
		"/spec/replicas":                           "d.yaml:13",
		container + "0":                            "d.yaml:18",
		container + "0/image":                      "d.yaml:19",
		container + "0/args/1":                     "d.yaml:20",
		container + "0/resources":                  "d.yaml:21",
		container + "0/resources/limits":           "d.yaml:21",
		container + "0/resources/limits/memory":    "d.yaml:21",
		container + "0/securityContext":            "d.yaml:22",
		container + "0/securityContext/privileged": "d.yaml:23",
		container + "0/securityContext/runAsUser":  "d.yaml:23",
		container + "0/command/1":                  "d.yaml:26",
		container + "1":                            "d.yaml:30",
		container + "1/side":                       "d.yaml:31",
		container + "1/tty":                        "d.yaml:34",
	}
	for _, field := range slices.Sorted(maps.Keys(want)) {
		if got[field] != want[field] {
			t.Errorf("%s is given by %q, want %q", field, got[field], want[field])
		}
	}
	// What a mark would change, and what comes of lines that cannot be told, has none.
	for _, field := range []string{"/metadata/annotations/checksum~1config", "/metadata/labels/x", "/metadata/labels/z"} {
		if at, ok := got[field]; ok {
			t.Errorf("%s is said to be given by %s", field, at)
		}
	}
}
