package helm

import (
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/types"
)

func TestNameTemplatesAskNothingOfTheMachine(t *testing.T) {
	t.Setenv("HOSTNAME", "canary")
	for text, want := range map[string]string{
		`a-{{ getHostByName "localhost" | replace "." "-" }}-b`: "a--b",
		`{{ "B" | lower }}-{{ now | date "2006" }}`:             "b-2026",
		`{{ env "HOSTNAME" }}`:                                  "",
		`{{ expandenv "${HOSTNAME}" }}`:                         "",
		`{{ include "x" . }}`:                                   "",
	} {
		name, err := inflation{chart: types.HelmChart{Name: "app", NameTemplate: text}}.releaseName()
		if name != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q, %v", text, name, err)
		}
		if err != nil && (strings.Contains(err.Error(), "canary") || !strings.Contains(err.Error(), "The nameTemplate of the chart app cannot be used")) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
