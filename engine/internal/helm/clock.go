package helm

import (
	"maps"
	"slices"
	"text/template"
	"time"
)

// instant is the time that charts take for now, the same in every render.
var instant = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

func init() {
	// Dates without a zone are read and written in the process's own, which is UTC where
	// operators run.
	time.Local = time.UTC
}

// addClock replaces the functions that look at the clock.
func addClock(replaced, upstream template.FuncMap) {
	inZone := upstream["dateInZone"].(func(string, any, string) string)
	round := upstream["durationRound"].(func(any) string)
	replaced["now"] = func() time.Time { return instant }
	replaced["date"] = func(format string, date any) string { return inZone(format, dated(date), "UTC") }
	replaced["htmlDate"] = func(date any) string { return inZone("2006-01-02", dated(date), "UTC") }
	replaced["dateInZone"] = func(format string, date any, zone string) string { return inZone(format, dated(date), zone) }
	replaced["date_in_zone"] = replaced["dateInZone"]
	replaced["htmlDateInZone"] = func(date any, zone string) string { return inZone("2006-01-02", dated(date), zone) }
	replaced["ago"] = func(date any) string { return instant.Sub(passed(date)).Round(time.Second).String() }
	replaced["durationRound"] = func(duration any) string {
		if since, ok := duration.(time.Time); ok {
			duration = int64(instant.Sub(since))
		}
		return round(duration)
	}
}

// dated is a date, or now for what is none.
func dated(date any) any {
	switch date.(type) {
	case time.Time, *time.Time, int64, int, int32:
		return date
	default:
		return instant
	}
}

func passed(date any) time.Time {
	switch date := date.(type) {
	case time.Time:
		return date
	case int64:
		return time.Unix(date, 0)
	case int:
		return time.Unix(int64(date), 0)
	default:
		return instant
	}
}

// keys and values go through maps in order; upstream's order is random.
func keys(mappings ...map[string]any) []string {
	found := []string{}
	for _, mapping := range mappings {
		found = append(found, slices.Sorted(maps.Keys(mapping))...)
	}
	return found
}

func values(mapping map[string]any) []any {
	found := []any{}
	for _, key := range slices.Sorted(maps.Keys(mapping)) {
		found = append(found, mapping[key])
	}
	return found
}
