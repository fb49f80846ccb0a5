package redact

import (
	"regexp"
	"strings"
)

// common are words that are passwords in many a repository and mean something else everywhere
// else: a rendering without them could not be read. src/secrets/hiding/ordinary.ts has the same;
// testdata/common.json holds both.
var common = func() map[string]bool {
	words := map[string]bool{}
	for _, one := range strings.Fields(`access account address admin administrator anonymous application backend changeit cluster config
		configmap container customer database default deploy deployer deployment developer development
		disabled elastic elasticsearch enabled example external frontend gitlab grafana guest harbor hostname
		ingress internal jenkins keycloak kubernetes localhost manager mariadb minioadmin mongodb monitor
		monitoring namespace nobody operator password password1 passw0rd postgres postgresql private
		production prometheus public rabbitmq readonly redacted redis registry release replica replication
		required restricted root secret secrets server service staging standard string superuser system
		test testing token unknown user username vault`) {
		words[one] = true
	}
	return words
}()

// shortestWord is the length below which a single word stands in too many others.
const shortestWord = 8

var (
	oneWord  = regexp.MustCompile(`^(?:[a-z]+|[0-9]+)$`)
	oneShape = regexp.MustCompile(`^(?:.[^A-Z]*|[^a-z]*)$`)
)

// isCommon is true for a text that says nothing of a secret where it stands elsewhere: a common
// word, a short one.
func isCommon(text string) bool {
	small := strings.ToLower(text)
	return common[small] || len(text) < shortestWord && oneWord.MatchString(small) && oneShape.MatchString(text)
}
