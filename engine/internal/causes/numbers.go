package causes

import (
	"regexp"
	"strconv"
	"strings"
)

// The words and numbers that YAML 1.1, which Kubernetes reads, writes in several ways.
var (
	yes     = regexp.MustCompile(`^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$`)
	no      = regexp.MustCompile(`^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$`)
	octal   = regexp.MustCompile(`^([-+]?)0o?([0-7]+)$`)
	decimal = regexp.MustCompile(`^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$`)
	other16 = regexp.MustCompile(`^0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)$`)
)

func isNumber(text string) bool { return decimal.MatchString(text) || other16.MatchString(text) }

// isTruthOf tells whether a text says what a boolean does.
func isTruthOf(text string, isPlain, rendered bool) bool {
	if !isPlain {
		return text == strconv.FormatBool(rendered)
	}
	if rendered {
		return yes.MatchString(text)
	}
	return no.MatchString(text)
}

// isNumberOf tells whether a text says what a number does.
func isNumberOf(text string, isPlain bool, rendered float64) bool {
	if text == strconv.FormatFloat(rendered, 'f', -1, 64) {
		return true
	}
	if !isPlain {
		return false
	}
	digits := strings.ReplaceAll(text, "_", "")
	if parts := octal.FindStringSubmatch(digits); parts != nil {
		number, err := strconv.ParseInt(parts[1]+parts[2], 8, 64)
		return err == nil && float64(number) == rendered
	}
	if other16.MatchString(digits) {
		number, err := strconv.ParseInt(digits, 0, 64)
		return err == nil && float64(number) == rendered
	}
	number, err := strconv.ParseFloat(digits, 64)
	return decimal.MatchString(digits) && err == nil && number == rendered
}
