import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * What the generated sources of k8s.io/api announce of each kind: the minor versions since
 * which it is deprecated and without which it is, and its replacement.
 * @returns Map from `apiVersion kind` to {deprecated?, removed?, replacement?}.
 */
export function readLifecycle(folder, file) {
  const kinds = new Map();
  for (const group of foldersIn(folder)) {
    for (const version of foldersIn(`${folder}/${group}`)) {
      const path = `${folder}/${group}/${version}/${file}`;
      if (!existsSync(path)) continue;
      const name = groupName(`${folder}/${group}/${version}`);
      const apiVersion = name === '' ? version : `${name}/${version}`;
      for (const [kind, life] of readFile(readFileSync(path, 'utf8')))
        kinds.set(`${apiVersion} ${kind}`, life);
    }
  }
  return kinds;
}

function readFile(source) {
  const kinds = new Map();
  const life = (kind) => kinds.get(kind) ?? kinds.set(kind, {}).get(kind);
  const functions =
    /^func \(in \*(\w+)\) APILifecycle(Deprecated|Removed)\(\)[^{]*\{\n\treturn (\d+), (\d+)\n/gm;
  for (const [, kind, event, major, minor] of source.matchAll(functions)) {
    life(kind)[event.toLowerCase()] = `${major}.${minor}`;
  }
  const replacements =
    /^func \(in \*(\w+)\) APILifecycleReplacement\(\)[^{]*\{\n\treturn schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\}/gm;
  for (const [, kind, group, version, other] of source.matchAll(replacements)) {
    life(kind).replacement = `${group === '' ? version : `${group}/${version}`} ${other}`;
  }
  return kinds;
}

/** The group's name stands in the package's register.go: `networking` is `networking.k8s.io`. */
function groupName(folder) {
  const [, name] = /^const GroupName = "([^"]*)"/m.exec(readFileSync(`${folder}/register.go`, 'utf8'));
  return name;
}

function foldersIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
