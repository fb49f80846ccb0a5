// Writes schemas/kubernetes/<minor>.json from the official OpenAPI documents in the Go module
// k8s.io/kubernetes. `npm run generate:schemas` makes all versions below; give versions as
// arguments to make others. Needs Go, for the module; the files are committed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueText } from './schemas/catalogueText.mjs';
import { compactDefinitions } from './schemas/compactDefinitions.mjs';
import { downloadModule } from './schemas/goModule.mjs';
import { readEnums } from './schemas/readEnums.mjs';
import { readOpenapi } from './schemas/readOpenapi.mjs';

const MODULE = 'k8s.io/kubernetes';
/** What upstream supports, and the six minor versions before: the latest patch that the Go proxy has of each. */
const VERSIONS = [
  'v1.37.2',
  'v1.36.3',
  'v1.35.4',
  'v1.34.4',
  'v1.33.13',
  'v1.32.13',
  'v1.31.14',
  'v1.30.14',
  'v1.29.6',
];

const output = fileURLToPath(new URL('../schemas/kubernetes/', import.meta.url));
mkdirSync(output, { recursive: true });
for (const version of process.argv.length > 2 ? process.argv.slice(2) : VERSIONS) generate(version);

function generate(version) {
  const module = downloadModule(MODULE, version);
  const { documents, definitions } = readOpenapi(`${module.Dir}/api/openapi-spec/v3/`);
  const enums = readEnums(`${module.Dir}/pkg/generated/openapi/zz_generated.openapi.go`);
  const text = catalogueText({
    provenance: {
      module: MODULE,
      version: module.Version,
      sum: module.Sum,
      licence: 'Apache-2.0',
      generator: 'npm run generate:schemas',
      documents: documents.map((name) => `api/openapi-spec/v3/${name}`),
      enums: 'pkg/generated/openapi/zz_generated.openapi.go',
    },
    ...compactDefinitions(definitions, enums),
  });
  const [, minor] = /^v(\d+\.\d+)\.\d+$/.exec(module.Version);
  writeFileSync(`${output}${minor}.json`, text);
  console.log(`schemas/kubernetes/${minor}.json: ${text.length} bytes, from ${MODULE}@${module.Version}`);
}
