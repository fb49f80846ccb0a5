// Writes schemas/catalogue/<project>.json from the official CustomResourceDefinitions of the
// projects in catalogue/projects.mjs, index.json with the file of every kind, and the table of
// projects in docs/schemas.md. `npm run generate:catalogue` makes all; give names of files as
// arguments to make some. Needs Go, for the modules; the files are committed.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { customKinds } from './catalogue/customKinds.mjs';
import { withCatalogueTable } from './catalogue/docsTable.mjs';
import { readGoModule } from './catalogue/goModule.mjs';
import { CONTROLLER_GEN, readGoTypes } from './catalogue/goTypes.mjs';
import { readOpenApiKinds } from './catalogue/openApiKinds.mjs';
import { PROJECTS } from './catalogue/projects.mjs';
import { shareSchemas } from './catalogue/shareSchemas.mjs';
import { catalogueText } from './schemas/catalogueText.mjs';

const output = fileURLToPath(new URL('../schemas/catalogue/', import.meta.url));
const wanted = process.argv.slice(2);
mkdirSync(output, { recursive: true });
for (const project of PROJECTS) if (wanted.length === 0 || wanted.includes(project.file)) generate(project);
removeOthers();
writeIndex();
writeDocs();

function generate({ file, title, sources }) {
  const kinds = new Map();
  const provenance = { project: title, generator: 'npm run generate:catalogue', sources: [] };
  for (const source of sources) {
    const { sum, licence, files } = read(source);
    const used = files.filter(({ path, text }) => addKinds(kinds, customKinds(text, path, source.dropped)));
    if (used.length === 0) throw new Error(`${source.module}@${source.version} adds nothing`);
    const { module, version, packages } = source;
    provenance.sources.push({
      module,
      version,
      sum,
      licence,
      ...(packages === undefined
        ? { files: [...new Set(used.map(({ path }) => path))] }
        : { types: packages, by: CONTROLLER_GEN }),
    });
  }
  const text = catalogueText({ provenance, ...shareSchemas(kinds) });
  writeFileSync(`${output}${file}.json`, text);
  console.log(`schemas/catalogue/${file}.json: ${text.length} bytes, ${kinds.size} versions of kinds`);
}

function read(source) {
  if (source.packages !== undefined) return readGoTypes(source);
  return source.openApi === undefined ? readGoModule(source) : readOpenApiKinds(source);
}

/** Whether there was a kind that no earlier source has. */
function addKinds(kinds, found) {
  const fresh = found.filter(([name]) => !kinds.has(name));
  for (const [name, kind] of fresh) kinds.set(name, kind);
  return fresh.length > 0;
}

function removeOthers() {
  const files = new Set([...PROJECTS.map(({ file }) => `${file}.json`), 'index.json']);
  for (const name of readdirSync(output)) if (!files.has(name)) rmSync(`${output}${name}`);
}

function writeIndex() {
  const files = new Map();
  for (const { file } of PROJECTS) {
    const { kinds } = JSON.parse(readFileSync(`${output}${file}.json`, 'utf8'));
    for (const name of Object.keys(kinds)) {
      if (files.has(name)) throw new Error(`${name} is in ${files.get(name)} and in ${file}`);
      files.set(name, file);
    }
  }
  const lines = [...files]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, file]) => `${JSON.stringify(name)}:${JSON.stringify(file)}`);
  writeFileSync(`${output}index.json`, `{\n${lines.join(',\n')}\n}\n`);
}

function writeDocs() {
  const page = fileURLToPath(new URL('../docs/schemas.md', import.meta.url));
  const files = PROJECTS.map(({ file }) => JSON.parse(readFileSync(`${output}${file}.json`, 'utf8')));
  writeFileSync(page, withCatalogueTable(readFileSync(page, 'utf8'), files));
}
