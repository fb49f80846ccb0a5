package rendering

import (
	"strings"

	"hydrant/engine/internal/gitfs"
	"hydrant/engine/internal/redact"
)

// Withhold takes out of a problem what could be a Secret's value, by all that was read of
// the disk. The author finds it at its line instead. Text is what the problem was made of,
// which may quote more of it than the problem does; the result is that text without it.
func (p *Problem) Withhold(text string, disk *gitfs.FileSystem) string {
	files := disk.Contents()
	cleaned, place := redact.Clean(text, files)
	p.Message = redact.Message(p.Message, files)
	if p.Subject != nil && IsWithheld(redact.Message(*p.Subject, files)) {
		p.Subject = nil
	}
	if p.Path != nil && IsWithheld(*p.Path) {
		p.Path = nil
	}
	if place == nil {
		return cleaned
	}
	// What is not of the commit, such as an operator's patch, has no line to show.
	if at, ok := disk.Real(place.Path); ok && (p.Path == nil || *p.Path == at) {
		p.Path, p.Line = &at, &place.Line
	}
	return cleaned
}

// IsWithheld is true for a text from which something was taken out.
func IsWithheld(text string) bool {
	return strings.Contains(text, redact.Text) || strings.Contains(text, "(not shown)")
}
