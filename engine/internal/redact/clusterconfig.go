package redact

// isClusterConfig is true for what Argo CD is told of a cluster to which it logs in by a role or a command.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
func isClusterConfig(value any) bool {
	fields, is := value.(map[string]any)
	if !is {
		return false
	}
	logsIn := false
	for name, field := range fields {
		if field == nil || field == "" {
			continue
		}
		switch name {
		case "awsAuthConfig":
			logsIn = true
			if hasField(field, func(key string, item any) bool { return isCredentialName(key) && isText(item) }) {
				return false
			}
		case "execProviderConfig":
			logsIn = true
			if hasField(field, func(key string, item any) bool { return isCredentialName(key) && isText(item) }) {
				return false
			}
			if environment, is := field.(map[string]any); is && hasField(environment["env"], func(key string, item any) bool { return isCredentialName(key) && isText(item) }) {
				return false
			}
		case "tlsClientConfig":
			logsIn = true
			if hasField(field, func(key string, item any) bool { return key == "keyData" && isText(item) }) {
				return false
			}
		case "disableCompression", "username":
		default:
			return false
		}
	}
	return logsIn
}

func isText(value any) bool {
	text, is := value.(string)
	return is && text != ""
}

func hasField(value any, wanted func(key string, item any) bool) bool {
	fields, _ := value.(map[string]any)
	for key, item := range fields {
		if wanted(key, item) {
			return true
		}
	}
	return false
}
