package tame

import "time"

// Instant is the time that templates take for now, the same in every render.
var Instant = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Ago is how long a date is past, or a number of seconds since 1970; nothing of what is no date.
func Ago(date any) string {
	return Instant.Sub(passed(date)).Round(time.Second).String()
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
		return Instant
	}
}
