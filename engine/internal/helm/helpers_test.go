package helm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"hydrant/engine/internal/fixture"
	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/rendering"
)

const chartYAML = "apiVersion: v2\nname: app\nversion: 1.0.0\n"

// chartOf has a chart in charts/app with the given files besides Chart.yaml.
func chartOf(files map[string]string) map[string]string {
	all := map[string]string{"charts/app/Chart.yaml": chartYAML}
	for name, content := range files {
		if strings.HasPrefix(name, "/") {
			all[name[1:]] = content
		} else {
			all["charts/app/"+name] = content
		}
	}
	return all
}

// configMap is a template that shows expressions as data.
func configMap(name string, data ...string) string {
	text := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n"
	for i := 0; i+1 < len(data); i += 2 {
		text += "  " + data[i] + ": {{ " + data[i+1] + " | quote }}\n"
	}
	return text
}

// app is the source of the chart in charts/app.
func app(layers ...Layer) Source {
	return Source{Chart: ChartPlace{Path: "charts/app"}, ReleaseName: "rel", Namespace: "ns", Values: layers, KubeVersion: "1.37"}
}

func text(values string) Layer   { return Layer{Text: &values} }
func set(parameter string) Layer { return Layer{Set: &parameter} }

func rendered(t *testing.T, disk *gitfs.FileSystem, source Source) []rendering.Item {
	t.Helper()
	items, err := Render(disk, source, false)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// data is the data of all rendered ConfigMaps together.
func data(t *testing.T, items []rendering.Item) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, item := range items {
		maps.Copy(found, item.Node.GetDataMap())
	}
	return found
}

// dataOf renders the chart in charts/app.
func dataOf(t *testing.T, files map[string]string, source Source) map[string]string {
	t.Helper()
	return data(t, rendered(t, fixture.Disk(t, chartOf(files)), source))
}

// problemOf renders and wants a problem.
func problemOf(t *testing.T, disk *gitfs.FileSystem, source Source) *rendering.Problem {
	t.Helper()
	_, err := Render(disk, source, false)
	var found *rendering.Problem
	if !errors.As(err, &found) {
		t.Fatalf("got %v, want a problem", err)
	}
	return found
}

// names are kind/name of items, in order.
func names(items []rendering.Item) string {
	var all []string
	for _, item := range items {
		all = append(all, item.Node.GetKind()+"/"+item.Node.GetName())
	}
	return strings.Join(all, " ")
}

// pack makes a packed chart of files.
func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var packed bytes.Buffer
	zipped := gzip.NewWriter(&packed)
	archive := tar.NewWriter(zipped)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name]))}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func decodeSource(t *testing.T, text string) Source {
	t.Helper()
	var source Source
	if err := json.Unmarshal([]byte(text), &source); err != nil {
		t.Fatal(err)
	}
	return source
}

func pointed[T comparable](pointer *T) T {
	if pointer == nil {
		var none T
		return none
	}
	return *pointer
}

// sameWords compares without order.
func sameWords(a, b string) bool {
	return slices.Equal(slices.Sorted(slices.Values(strings.Fields(a))), slices.Sorted(slices.Values(strings.Fields(b))))
}
