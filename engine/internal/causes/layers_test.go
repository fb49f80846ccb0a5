package causes

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const combinedSource = `{"tool":"combined","sources":[
	{"tool":"kustomize","path":"o"},
	{"tool":"helm","chart":{"path":"c"},"values":[{"file":"a.yaml"},{"text":"x: y\n"}]},
	{"tool":"helm","chart":{"path":"d"},"values":[{"set":"a.b=c=d","forceString":true},{"inline":{"k":1}},{"at":{"path":"p","value":"v"}}]}
]}`

func TestLayersOfAllSources(t *testing.T) {
	var found []string
	for _, one := range layersOf([]byte(combinedSource)) {
		changed, err := withLayers([]byte(combinedSource), map[int]map[string]any{one.at: one.with(strings.Replace(one.text, "\n", "z\n", 1))})
		if err != nil {
			t.Fatal(err)
		}
		if count := strings.Count(string(changed), `"skipSchemaValidation":true`); count != 2 {
			t.Errorf("%d of two charts are not held to their schemas: %s", count, changed)
		}
		for _, again := range layersOf(changed) {
			if again.at == one.at {
				found = append(found, fmt.Sprintf("%d %q %q", one.at, one.text, again.text))
			}
		}
	}
	want := []string{`1 "x: y\n" "x: yz\n"`, `2 "- c=d\n" "- c=dz\n"`, `3 "{\"k\":1}" "{\"k\":1}"`, `4 "- v\n" "- vz\n"`}
	if !slices.Equal(found, want) {
		t.Errorf("got %v\nwant %v", found, want)
	}
}

func TestSourcesWithoutLayers(t *testing.T) {
	for _, own := range []string{`{"tool":"kustomize","path":"o"}`, `{}`, `no JSON`} {
		if found := layersOf([]byte(own)); found != nil {
			t.Errorf("%s has layers: %v", own, found)
		}
	}
}
