package helm

import (
	"strconv"
	"strings"
)

// placeOfValue is the file, and the line in it, that gives a refused value: the last layer
// that has it, or else the chart's own values, or else the schema. The file is empty for a
// value that stands in the source itself.
func (r *run) placeOfValue(refused violation) (path string, line int) {
	for i := len(r.layers) - 1; i >= 0; i-- {
		if line, ok := lineOfValue(r.layers[i].content, refused.location); ok {
			return r.layers[i].path, line
		}
	}
	own := []struct {
		at       place
		location []string
	}{
		{r.placeOf(r.chart, "values.yaml"), refused.location},
		{r.placeOf(refused.chart, "values.yaml"), refused.own},
	}
	for _, values := range own {
		if values.at.path == "" || values.at.within != "" {
			continue
		}
		content, err := r.disk.ReadFile("/" + values.at.path)
		if err != nil {
			continue
		}
		if line, ok := lineOfValue(content, values.location); ok {
			return values.at.path, line
		}
	}
	return r.placeOf(refused.chart, "values.schema.json").path, 0
}

// dotted is how charts write the place of a value: a.b[0].c
func dotted(location []string) string {
	var text strings.Builder
	for _, step := range location {
		if _, err := strconv.Atoi(step); err == nil {
			text.WriteString("[" + step + "]")
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('.')
		}
		text.WriteString(step)
	}
	return text.String()
}
