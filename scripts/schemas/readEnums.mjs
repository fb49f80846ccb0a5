import { readFileSync } from 'node:fs';

/**
 * The allowed values of fields, which the published documents leave out (upstream writes
 * them with the feature OpenAPIEnums off) and the generated Go source of the same module has.
 * @returns Map from a definition's name to an object from property to {own?, items?}.
 */
export function readEnums(path) {
  const source = readFileSync(path, 'utf8').split('\n');
  const names = definitionNames(source);
  const enums = new Map();
  let definition;
  let property;
  for (const line of source) {
    const start = /^func (schema_\w+)\(/.exec(line);
    if (start) definition = names.get(start[1]);
    // gofmt indents a property by five tabs, its own enum by seven, that of its items by ten.
    property = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? property;
    const values = /^(\t+)Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line);
    if (values === null) continue;
    const place = { 7: 'own', 10: 'items' }[values[1].length];
    if (place === undefined || definition === undefined) throw new Error(`cannot place the enum: ${line}`);
    const fields = enums.get(definition) ?? {};
    fields[property] = { ...fields[property], [place]: JSON.parse(`[${values[2]}]`) };
    enums.set(definition, fields);
  }
  return enums;
}

/** From the Go function that makes a definition to the definition's name in OpenAPI. */
function definitionNames(source) {
  const packages = new Map();
  const names = new Map();
  for (const line of source) {
    const imported = /^\t(\w+) "([^"]+)"$/.exec(line);
    if (imported) packages.set(imported[1], imported[2]);
    const entry = /^\t\t(\w+)\.(\w+)\{\}\.OpenAPIModelName\(\): +(schema_\w+)\(ref\),$/.exec(line);
    if (entry) names.set(entry[3], `${openapiPackage(packages.get(entry[1]))}.${entry[2]}`);
    // Until 1.34 the name of the package stands there itself.
    const older = /^\t\t"([^"]+)\.(\w+)": +(schema_\w+)\(ref\),$/.exec(line);
    if (older) names.set(older[3], `${openapiPackage(older[1])}.${older[2]}`);
  }
  return names;
}

/** `k8s.io/api/core/v1` is `io.k8s.api.core.v1`. */
function openapiPackage(path) {
  const [host, ...rest] = path.split('/');
  return [...host.split('.').toReversed(), ...rest].join('.');
}
