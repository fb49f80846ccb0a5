import type { ManifestObject } from '../../../src/model/manifest.ts';

/** Policies that conftest and Hydrant must judge alike. */
export interface PolicyCase {
  readonly name: string;
  /** Rego by path below the policies' folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly combine?: boolean;
  /** Written in Rego v0, which conftest has to be told. */
  readonly v0?: boolean;
  /** How many different results there are at least. */
  readonly finds?: number;
}

function deployment(name: string, fields: ManifestObject, container: ManifestObject = {}): ManifestObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...fields },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: `registry.example.com/${name}:1.2.3`, ...container }] },
      },
    },
  };
}

export const INPUTS: readonly ManifestObject[] = [
  deployment('web', { namespace: 'shop', labels: { team: 'web', 'app.kubernetes.io/version': '1.2.3' } }),
  deployment('api', { namespace: 'shop' }, { image: 'api:latest', securityContext: { privileged: true } }),
  deployment(
    'legacy',
    { namespace: 'old', annotations: { exempt: 'yes' } },
    { resources: { limits: { memory: '1536Mi' } } },
  ),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'nobody', namespace: 'shop' },
    spec: { type: 'LoadBalancer', selector: { app: 'nobody' }, ports: [{ port: 22 }, { port: 443 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'shop' },
    data: { 'app.yaml': 'level: debug\nhosts: [a.example.com, b.example.org]\n', cidr: '10.1.0.0/16' },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
];

export const CASES: readonly PolicyCase[] = [
  {
    name: 'texts of deny',
    files: {
      'a.rego': `package main

deny contains msg if {
	input.kind == "Deployment"
	not input.metadata.labels.team
	msg := sprintf("Deployment %s has no team", [input.metadata.name])
}

deny contains "a Service of type LoadBalancer" if {
	input.kind == "Service"
	input.spec.type == "LoadBalancer"
}
`,
    },
    finds: 3,
  },
  {
    name: 'objects with details',
    files: {
      'a.rego': `package main

violation contains {"msg": msg, "details": {"image": image}, "severity": "high"} if {
	some container in input.spec.template.spec.containers
	image := container.image
	endswith(image, ":latest")
	msg := sprintf("%q is not pinned", [image])
}

deny contains {"msg": "on a line", "_loc": {"file": "x.yaml", "line": 3}} if input.kind == "Namespace"
`,
    },
    finds: 2,
  },
  {
    name: 'every kind of rule, with and without suffixes',
    files: {
      'a.rego': `package main

deny contains "deny" if input.kind == "Namespace"
deny_one contains "deny_one" if input.kind == "Namespace"
deny_one_two contains "deny_one_two" if input.kind == "Namespace"
violation contains "violation" if input.kind == "Namespace"
violation_X1 contains "violation_X1" if input.kind == "Namespace"
warn contains "warn" if input.kind == "Namespace"
warn_it contains "warn_it" if input.kind == "Namespace"
denied contains "denied" if input.kind == "Namespace"
deny_ contains "deny_" if input.kind == "Namespace"
warning contains "warning" if input.kind == "Namespace"
allow contains "allow" if input.kind == "Namespace"
`,
    },
    finds: 7,
  },
  {
    name: 'exceptions by name',
    files: {
      'a.rego': `package main

deny_labels contains msg if {
	input.kind == "Deployment"
	not input.metadata.labels
	msg := sprintf("%s has no labels", [input.metadata.name])
}

violation_labels contains msg if {
	input.kind == "Deployment"
	not input.metadata.labels
	msg := sprintf("%s violates", [input.metadata.name])
}

warn_other contains "a Deployment" if input.kind == "Deployment"

exception contains rules if {
	input.metadata.annotations.exempt == "yes"
	rules := ["labels", "nothing"]
}
`,
    },
    finds: 4,
  },
  {
    name: 'exceptions of rules without a name, by several rules',
    files: {
      'a.rego': `package main

deny contains msg if {
	input.kind == "Service"
	msg := sprintf("Service %s", [input.metadata.name])
}

deny_named contains msg if {
	input.kind == "Service"
	msg := sprintf("named %s", [input.metadata.name])
}

exception contains [""] if input.metadata.name == "web"

exception contains ["named"] if input.spec.type == "LoadBalancer"
`,
    },
    finds: 4,
  },
  {
    name: 'exceptions of one package only',
    files: {
      'a.rego':
        'package one\n\ndeny_x contains "one" if input.kind == "Namespace"\n\nexception contains ["x"] if input.metadata.name == "shop"\n',
      'b.rego': 'package two\n\ndeny_x contains "two" if input.kind == "Namespace"\n',
    },
    finds: 2,
  },
  {
    name: 'several packages, one below the other, in several files',
    files: {
      'a.rego': 'package kubernetes\n\nwarn contains "kubernetes" if input.kind == "Namespace"\n',
      'deep/b.rego':
        'package kubernetes.security\n\nimport data.kubernetes.lib\n\ndeny contains msg if {\n\tsome container in lib.containers\n\tcontainer.securityContext.privileged\n\tmsg := sprintf("%s/%s is privileged", [lib.name, container.name])\n}\n',
      'deep/c.rego':
        'package kubernetes.security\n\ndeny contains "the other file" if input.kind == "Namespace"\n',
      'lib/d.rego':
        'package kubernetes.lib\n\nname := input.metadata.name\n\ncontainers := input.spec.template.spec.containers\n',
    },
    finds: 3,
  },
  {
    name: 'combined inputs',
    combine: true,
    files: {
      'a.rego': `package main

deny contains msg if {
	some item in input
	item.contents.kind == "Service"
	labels := {other.contents.spec.template.metadata.labels.app | some other in input; other.contents.kind == "Deployment"}
	not item.contents.spec.selector.app in labels
	msg := sprintf("Service %s selects nothing", [item.contents.metadata.name])
}

warn contains msg if {
	names := [item.contents.metadata.name | some item in input]
	msg := sprintf("%d of them: %s", [count(input), concat(",", sort(names))])
}
`,
    },
    finds: 2,
  },
  {
    name: 'combined inputs with exceptions',
    combine: true,
    files: {
      'a.rego': `package main

deny_many contains "many" if count(input) > 3

deny_few contains "few" if count(input) < 30

exception contains ["many"] if input[_].contents.kind == "Namespace"
`,
    },
    finds: 2,
  },
  {
    name: 'data',
    data: { teams: { shop: ['web'] }, ports: [22, 23], registry: 'registry.example.com/' },
    files: {
      'a.rego': `package main

import data.teams

deny contains msg if {
	some port in input.spec.ports
	port.port in data.ports
	msg := sprintf("port %d of %s", [port.port, input.metadata.name])
}

warn contains msg if {
	input.kind == "Deployment"
	not input.metadata.name in object.get(teams, input.metadata.namespace, [])
	msg := sprintf("%s is of no team in %v", [input.metadata.name, teams])
}

deny contains msg if {
	some container in input.spec.template.spec.containers
	not startswith(container.image, data.registry)
	msg := sprintf("%s is from elsewhere than %s", [container.image, data.registry])
}
`,
    },
    finds: 4,
  },
  {
    name: 'Rego v0',
    v0: true,
    files: {
      'a.rego': `package main

import data.lib

default is_deployment = false

is_deployment {
	input.kind == "Deployment"
}

deny[msg] {
	is_deployment
	container := lib.containers[_]
	not container.resources.limits
	msg = sprintf("%s of %s has no limits", [container.name, input.metadata.name])
}

warn_labels[{"msg": msg, "details": {}}] {
	is_deployment
	any([not_labelled, false])
	msg := sprintf("%v has no labels", [input.metadata.name])
}

not_labelled {
	not input.metadata.labels
}
`,
      'lib.rego': `package lib

containers = cs {
	cs := input.spec.template.spec.containers
} else = [] {
	true
}
`,
    },
    finds: 4,
  },
  {
    name: 'Rego v0 with future keywords',
    v0: true,
    files: {
      'a.rego': `package main

import future.keywords

deny contains msg if {
	some port in input.spec.ports
	every other in [22, 23] { other != port.port }
	msg := sprintf("%d", [port.port])
}
`,
    },
    finds: 2,
  },
  {
    name: 'Rego v1 by its import',
    files: {
      'a.rego': `package main

import rego.v1

deny contains sprintf("%s", [input.metadata.name]) if input.kind == "ConfigMap"
`,
    },
  },
  {
    name: 'functions, every, some, else and default',
    files: {
      'a.rego': `package main

default limit := 100

limit := 25 if input.kind == "Service"

level(port) := "privileged" if port < limit

else := "low" if {
	port < 1024
} else := "free"

deny contains msg if {
	some index, port in input.spec.ports
	msg := sprintf("%d: %s is %s", [index, input.metadata.name, level(port.port)])
}

warn contains msg if {
	input.kind == "Service"
	every port in input.spec.ports {
		port.port > 50
	}
	msg := sprintf("all of %s are high", [input.metadata.name])
}
`,
    },
    finds: 4,
  },
  {
    name: 'aggregates, comprehensions and sets',
    files: {
      'a.rego': `package main

images := {container.image | some container in input.spec.template.spec.containers}

named := {name: port | some port in input.spec.ports; name := sprintf("p%d", [port.port])}

deny contains msg if {
	count(images) > 0
	msg := sprintf("%v %v %d", [images, sort(images), sum([1 | some _ in images])])
}

deny contains msg if {
	count(named) > 0
	msg := sprintf("%v with %v", [named, object.keys(named)])
}

deny contains msg if {
	paths := [concat("/", [sprintf("%v", [step]) | some step in at]) | walk(input, [at, value]); value == "shop"]
	count(paths) > 0
	msg := concat(" ", paths)
}
`,
    },
    finds: 6,
  },
  {
    name: 'formats, regular expressions, versions, units and YAML',
    files: {
      'a.rego': `package main

deny contains msg if {
	version := input.metadata.labels["app.kubernetes.io/version"]
	semver.is_valid(version)
	semver.compare(version, "1.10.0") == -1
	msg := sprintf("%s: %5.1f|%-8s|%08.3f|%x|%t|%v", [version, 2.25, "left", 3.14159, 255, true, {"a": [1, null]}])
}

deny contains msg if {
	some container in input.spec.template.spec.containers
	found := regex.find_all_string_submatch_n("^([^/]+)/([^:]+):(.*)$", container.image, 1)
	msg := sprintf("%v %s %v", [found, regex.replace(container.image, "[.0-9]+$", "X"), regex.split("[/:]", container.image)])
}

deny contains msg if {
	some container in input.spec.template.spec.containers
	bytes := units.parse_bytes(container.resources.limits.memory)
	bytes > units.parse_bytes("1Gi")
	msg := sprintf("%d bytes, %v", [bytes, units.parse("100m")])
}

warn contains msg if {
	settings := yaml.unmarshal(input.data["app.yaml"])
	some host in settings.hosts
	glob.match("*.example.com", ["."], host)
	msg := sprintf("%s at %s", [host, upper(settings.level)])
}

warn contains msg if {
	net.cidr_contains(input.data.cidr, "10.1.2.3")
	msg := sprintf("%s: %s %s", [input.data.cidr, crypto.sha256("a"), base64.encode("b")])
}
`,
    },
    finds: 6,
  },
  {
    name: 'rules that are no sets of messages, which pass',
    files: {
      'a.rego': `package main

deny contains "" if input.kind == "Namespace"

deny contains "said" if input.kind == "Namespace"

warn := ["one", {"msg": "two"}] if input.kind == "Namespace"
`,
    },
    finds: 3,
  },
  {
    name: 'METADATA and helpers beside the rules',
    files: {
      'a.rego': `# METADATA
# title: Names
# description: Names of namespaces.
# scope: package
package names

# METADATA
# title: No shop
# custom:
#   severity: LOW
deny contains msg if {
	input.kind == "Namespace"
	annotation := rego.metadata.rule()
	msg := sprintf("%s: %s", [annotation.title, helper(input.metadata.name)])
}

helper(name) := upper(trim_prefix(name, "s"))
`,
    },
  },
  {
    name: 'inputs replaced by with, and partial objects of a library',
    files: {
      'a.rego': `package main

import data.rules

deny contains msg if {
	input.kind == "Deployment"
	some name, bad in rules.found with input as input.spec.template.spec
	msg := sprintf("%s: %s is %s", [input.metadata.name, name, bad])
}
`,
      'rules.rego': `package rules

found[container.name] := "privileged" if {
	some container in input.containers
	container.securityContext.privileged
}
`,
    },
  },
];
