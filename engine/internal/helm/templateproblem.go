package helm

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"hydrant/engine/internal/rendering"
)

// Helm's errors of templates, of which there are several forms: engine.go of helm v4.3.
var (
	location   = regexp.MustCompile(`([^\s():"<>]+):(\d+)(?::\d+)?`)
	failed     = regexp.MustCompile(`(?s)^(?:execution|parse) error (?:at|in) \([^)]*\): (.*)$`)
	executing  = regexp.MustCompile(`(?s)executing "[^"]*" at <((?:[^>]|>[^:])*)>:\s*`)
	calling    = regexp.MustCompile(`^error calling (\w+):\s*`)
	ofText     = regexp.MustCompile(`(?s)(?:error during tpl function execution for|cannot parse template) "(?:[^"\\]|\\.)*":\s*`)
	inText     = regexp.MustCompile(`^template: gotpl:\d+(?::\d+)?: `)
	noTemplate = regexp.MustCompile(`(?:no template|template) "([^"]*)" (?:associated with template "gotpl"|not defined)`)
	endless    = regexp.MustCompile(`nested reference name: ([^:]*): |exceeded maximum template depth`)
	ranged     = regexp.MustCompile(`(?s)range can't iterate over .*`)
	refused    = regexp.MustCompile(`^execution error at \(`)
	ofNil      = regexp.MustCompile(`nil pointer evaluating |index of (?:untyped nil|nil pointer)|invalid value; expected |expected \w+; got interface \{\}`)
	valuesUsed = regexp.MustCompile(`\.Values\b`)
)

// notRendered is the problem of a template that does not execute. Current is the template
// that began last.
func (r *run) notRendered(err error, places map[string]place, current string) error {
	text := err.Error()
	made := problem("template", "", "%s", r.hidden(templateReason(text)))
	made.WantsValues = r.wantsValues(text)
	// A template may print a value in capitals, cut short, or in base64 with something else.
	made.Secrets = r.secrets()
	known := r.located(text, places)
	if len(known) == 0 {
		if at, ok := places[current]; ok {
			return at.of(made, 0)
		}
		return made
	}
	innermost, outermost := known[len(known)-1], known[0]
	if innermost.at != outermost.at {
		made.Message += " It is used by " + outermost.at.String() + ", line " + strconv.Itoa(outermost.line) + "."
	}
	return innermost.at.of(made, innermost.line)
}

// of puts a problem at a line of a place; in a packed chart, lines are not those of a file.
func (p place) of(made *rendering.Problem, line int) *rendering.Problem {
	if p.path != "" {
		made.Path = &p.path
	}
	if p.within == "" {
		made.Line = lineOf(line)
		return made
	}
	where := p.String()
	if line > 0 {
		where = "line " + strconv.Itoa(line) + " of " + where
	}
	made.Message = "In " + where + ": " + made.Message
	return made
}

// found is a line of a template that an error names.
type found struct {
	at   place
	line int
}

// located are the known templates in an error, the one where it started last.
func (r *run) located(text string, places map[string]place) []found {
	var known []found
	for _, match := range location.FindAllStringSubmatch(text, -1) {
		if at, ok := places[match[1]]; ok {
			line, _ := strconv.Atoi(match[2])
			known = append(known, found{at: at, line: line})
		}
	}
	return known
}

// templateReason is the cause at the end of an error's chain, as a sentence.
func templateReason(text string) string {
	if match := failed.FindStringSubmatch(text); match != nil {
		return sentence(match[1])
	}
	if match := endless.FindStringSubmatch(text); match != nil {
		if match[1] != "" {
			return sentence("The template " + match[1] + " includes itself without end")
		}
		return "A template includes itself without end."
	}
	expression := ""
	if steps := executing.FindAllStringSubmatchIndex(text, -1); steps != nil {
		last := steps[len(steps)-1]
		expression = text[last[2]:last[3]]
		text = text[last[1]:]
	}
	function := ""
	for match := calling.FindStringSubmatch(text); match != nil; match = calling.FindStringSubmatch(text) {
		function, text = match[1], text[len(match[0]):]
	}
	text = inText.ReplaceAllString(ofText.ReplaceAllString(text, ""), "")
	if match := noTemplate.FindStringSubmatch(text); match != nil {
		return sentence("There is no template named " + match[1])
	}
	text = ranged.ReplaceAllString(text, "range can't iterate over this value")
	if function != "" {
		text = "The function " + function + " fails: " + text
	}
	// A literal in the expression may be a password.
	if expression != "" && !strings.ContainsAny(expression, "\"`") {
		text += ", at {{ " + expression + " }}"
	}
	return sentence(text)
}

// fail is that of helm's engine (engine.go of helm v4.3), and notes that it was called: what helm says
// of it reads like what it says of `required`.
func (r *run) fail(message string) (string, error) {
	r.calledFail = true
	return "", errors.New("HELM_ERR_START" + message + "HELM_ERR_END")
}

// wantsValues tells whether a template stops for want of values. `required`, or going on with a value that
// is nil, means that one is missing. With `fail`, a template may as well refuse a value that is given.
func (r *run) wantsValues(text string) string {
	if r.calledFail {
		return rendering.OtherValues
	}
	if refused.MatchString(text) {
		return rendering.MoreValues
	}
	steps := executing.FindAllStringSubmatch(text, -1)
	if steps != nil && ofNil.MatchString(text) && valuesUsed.MatchString(steps[len(steps)-1][1]) {
		return rendering.MoreValues
	}
	return ""
}

// longest is where a message is cut; what templates print with `fail` can be anything.
const longest = 1000

// sentence is text with a capital letter and a stop.
func sentence(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "rendering template failed: "))
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest]) + "..."
	}
	if text == "" {
		return "The template fails without saying why."
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}
