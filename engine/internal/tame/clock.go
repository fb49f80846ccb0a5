package tame

import (
	"text/template"
	"time"
)

func init() {
	// Dates without a zone are read and written in the process's own, which is UTC where
	// operators run.
	time.Local = time.UTC
}

// addClock replaces the functions that look at the clock.
func addClock(replaced, upstream template.FuncMap) {
	inZone := upstream["dateInZone"].(func(string, any, string) string)
	round := upstream["durationRound"].(func(any) string)
	replaced["now"] = func() time.Time { return Instant }
	replaced["date"] = func(format string, date any) string { return inZone(format, dated(date), "UTC") }
	replaced["htmlDate"] = func(date any) string { return inZone("2006-01-02", dated(date), "UTC") }
	replaced["dateInZone"] = func(format string, date any, zone string) string { return inZone(format, dated(date), zone) }
	replaced["date_in_zone"] = replaced["dateInZone"]
	replaced["htmlDateInZone"] = func(date any, zone string) string { return inZone("2006-01-02", dated(date), zone) }
	replaced["ago"] = Ago
	replaced["durationRound"] = func(duration any) string {
		if since, ok := duration.(time.Time); ok {
			duration = int64(Instant.Sub(since))
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
		return Instant
	}
}
