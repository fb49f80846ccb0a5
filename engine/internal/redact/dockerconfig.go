package redact

import "regexp"

// helperName is the name of a program that logs in to a registry.
var helperName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,40}$`)

// isConfigWithoutLogin is true for a configuration of docker that names programs which log in, and has no login itself.
// https://docs.docker.com/reference/cli/docker/login/#credential-stores
func isConfigWithoutLogin(value any) bool {
	fields, is := value.(map[string]any)
	if !is || (fields["credHelpers"] == nil && fields["credsStore"] == nil) {
		return false
	}
	for name, field := range fields {
		switch name {
		case "credsStore":
			if !isHelper(field) {
				return false
			}
		case "credHelpers":
			helpers, is := field.(map[string]any)
			if !is || !all(helpers, isHelper) {
				return false
			}
		case "auths":
			logins, is := field.(map[string]any)
			if !is || !all(logins, holdsNothing) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func isHelper(value any) bool {
	name, is := value.(string)
	return is && helperName.MatchString(name)
}

func holdsNothing(value any) bool {
	fields, is := value.(map[string]any)
	return value == nil || (is && all(fields, func(field any) bool { return field == nil || field == "" }))
}

func all(fields map[string]any, fits func(any) bool) bool {
	for _, field := range fields {
		if !fits(field) {
			return false
		}
	}
	return true
}
