import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import picomatch from 'picomatch';

/**
 * A version of a Go module, fetched and verified by Go, and those of its files that a glob
 * matches. Read from the module's archive: Go does not unpack a module whose go.mod asks for a
 * newer Go than this machine has, and nothing of it is built here.
 * @returns {{sum: string, licence: string, files: {path: string, text: string}[]}}
 */
export function readGoModule({ module, version, files: glob }) {
  const { Zip, Sum, Error: error } = download(module, version);
  if (Zip === undefined || Sum === undefined)
    throw new Error(`go mod download ${module}@${version}: ${error}`);
  const files = unpack(Zip, `${module}@${version}/`, picomatch(glob));
  if (files.length === 0) throw new Error(`${module}@${version} has no file ${glob}`);
  return { sum: Sum, licence: licenceOf(Zip, `${module}@${version}/`), files };
}

function unpack(zip, prefix, matches) {
  const archive = unzipSync(readFileSync(zip), {
    filter: ({ name }) => name.startsWith(prefix) && matches(name.slice(prefix.length)),
  });
  return Object.entries(archive)
    .map(([name, bytes]) => ({ path: name.slice(prefix.length), text: new TextDecoder().decode(bytes) }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

const LICENCES = {
  'Apache-2.0': /^\s*Apache License\s+Version 2\.0/m,
  MIT: /^(?:The )?MIT License/m,
  'BSD-3-Clause': /^BSD 3-Clause License/m,
};

/** Only what may be passed on freely goes into the catalogue. */
function licenceOf(zip, prefix) {
  const [file] = unpack(zip, prefix, (path) => /^LICEN[SC]E(?:\.\w+)?$/.test(path));
  const found = Object.entries(LICENCES).find(([, heading]) => heading.test(file?.text ?? ''));
  if (found === undefined) throw new Error(`${prefix} has no licence that is known to be permissive`);
  return found[0];
}

function download(module, version) {
  const go = spawnSync('go', ['mod', 'download', '-json', `${module}@${version}`], { encoding: 'utf8' });
  if (go.error) throw new Error(`Go is needed to fetch ${module}: ${go.error.message}`);
  return JSON.parse(go.stdout);
}
