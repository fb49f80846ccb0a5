package tame

import (
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

// StandIns are to be laid over upstream's functions: they ask nothing of the machine, give the same each
// time, and make no more in one call than can be stopped.
func StandIns(chance *Chance) template.FuncMap {
	upstream := template.FuncMap(sprig.GenericFuncMap())
	replaced := template.FuncMap{
		// As helm does without --enable-dns.
		"getHostByName": func(string) string { return "" },
	}
	chance.add(replaced, upstream)
	addClock(replaced, upstream)
	AddLimits(replaced, upstream)
	return replaced
}

// Functions are those of upstream that are known to be harmless (audit.go), with the stand-ins for some.
// Without those that ask the machine, a template that calls one is an error.
func Functions(upstream template.FuncMap, chance *Chance) template.FuncMap {
	standIns := StandIns(chance)
	all := template.FuncMap{}
	for name, function := range upstream {
		if kind, known := audited[name]; !known || kind == asksMachine {
			continue
		}
		if standIn, has := standIns[name]; has {
			function = standIn
		}
		all[name] = function
	}
	return all
}
