package tame

import "strings"

// kind is why a function of templates may be called, or what is done that it may.
type kind string

// Every function that a template of any user can name is of one kind. A test asks the libraries for
// theirs, and fails for one that is not here: look at what it does, then put it into its list.
const (
	// asksMachine tells of the machine or its network. Functions leaves it out, and a chart gets one that
	// tells nothing, or none.
	asksMachine kind = "asksMachine"
	// byChance is something else from one call to the next. Chance stands in for it.
	byChance kind = "byChance"
	// byClock looks at the clock, or takes now for what is no date. clock.go stands in for it.
	byClock kind = "byClock"
	// byNumber makes as much as a number says. limits.go stands in for it and refuses a number that is too
	// large.
	byNumber kind = "byNumber"
	// asksCluster would ask a cluster through a client. The engine gives helm none, so it finds nothing.
	asksCluster kind = "asksCluster"
	// nests renders a template within one. Helm stops a template that includes itself a thousand times,
	// appset at the third level; what renders itself by `tpl` ends the process by its stack (memory.Limit).
	nests kind = "nests"
	// slow takes a tenth of a second and 32 MB by its design, the same for all arguments. Many calls end
	// with the target's time.
	slow kind = "slow"
	// multiplies makes as much as one argument is long times another. No argument has more than the
	// process holds, and what is made beyond that ends the process, as any single allocation does
	// (memory.Limit); the target gets the problem, and others a new process.
	multiplies kind = "multiplies"
	// matches takes Go's regular expressions, whose time grows with the text times the expression
	// (https://github.com/google/re2/wiki/WhyRE2) and which have at most a thousand repetitions.
	matches kind = "matches"
	// walks goes through all of a value, as often as a template put its parts into it. Time, memory and
	// stack of the process are its limits, as above.
	walks kind = "walks"
	// compares compares each item of a list with the others. The target's time ends a long list.
	compares kind = "compares"
	// harmless makes about as much as it is given, in about as much time, and asks nobody.
	harmless kind = "harmless"
)

// audited has the kind of each function.
var audited = kinds(map[kind]string{
	asksMachine: "env expandenv getHostByName",
	byChance: `
		bcrypt encryptAES genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey
		genSignedCert genSignedCertWithKey htpasswd keys randAlpha randAlphaNum randAscii randBytes randInt
		randNumeric shuffle uuidv4 values
	`,
	byClock:     "ago date dateInZone date_in_zone durationRound htmlDate htmlDateInZone now",
	byNumber:    "indent nindent repeat seq until untilStep",
	asksCluster: "lookup",
	nests:       "include tpl",
	slow:        "derivePassword",
	multiplies: `
		join mustRegexReplaceAll mustRegexReplaceAllLiteral printf regexReplaceAll regexReplaceAllLiteral
		replace wrap wrapWith
	`,
	matches: `
		mustRegexFind mustRegexFindAll mustRegexMatch mustRegexSplit regexFind regexFindAll regexMatch
		regexSplit
	`,
	walks: `
		deepCopy deepEqual merge mergeOverwrite mustDeepCopy mustMerge mustMergeOverwrite mustToJson
		mustToPrettyJson mustToRawJson mustToToml mustToYaml print println toJson toPrettyJson toRawJson
		toToml toYaml toYamlPretty
	`,
	compares: "has mustHas mustUniq mustWithout uniq without",
	harmless: `
		abbrev abbrevboth add add1 add1f addf adler32sum all and any append atoi b32dec b32enc b64dec b64enc
		base biggest buildCustomCert call camelcase cat ceil chunk clean coalesce compact concat contains
		dateModify date_modify decryptAES default dict dig dir div divf duration durationDays durationHours
		durationMicroseconds durationMilliseconds durationMinutes durationNanoseconds durationRoundTo
		durationSeconds durationTruncateTo durationWeeks empty eq ext fail first float64 floor fromJson
		fromJsonArray fromToml fromYaml fromYamlArray ge get gt hasKey hasPrefix hasSuffix hello html index
		initial initials inputs int int64 isAbs js kebabcase kindIs kindOf last le len list lower lt max
		maxf min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustFirst mustFromJson
		mustInitial mustLast mustPrepend mustPush mustRest mustReverse mustSlice mustToDate mustToDuration
		must_date_modify ne normalize nospace not omit or osBase osClean osDir osExt osIsAbs pick pluck
		plural prepend push quote regexQuoteMeta required rest reverse round semver semverCompare set
		sha1sum sha256sum sha512sum slice slugify snakecase sortAlpha split splitList splitn squote sub subf
		substr swapcase ternary title toDate toDecimal toString toStrings trim trimAll trimPrefix trimSuffix
		trimall trunc tuple typeIs typeIsLike typeOf unixEpoch unset untitle upper urlJoin urlParse urlquery
	`,
})

func kinds(lists map[kind]string) map[string]kind {
	all := map[string]kind{}
	for one, names := range lists {
		for _, name := range strings.Fields(names) {
			all[name] = one
		}
	}
	return all
}
