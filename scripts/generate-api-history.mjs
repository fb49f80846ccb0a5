// Writes schemas/kubernetes-history.json: for each kind that Kubernetes has removed or
// deprecated, the minor versions that served it, when it was deprecated and what replaces it.
// `npm run generate:api-history`; needs Go, for the modules; the file is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { downloadModule } from './schemas/goModule.mjs';
import { historyOf, servedKinds } from './schemas/history.mjs';
import { readLifecycle } from './schemas/lifecycle.mjs';

/** The minor versions from the first whose OpenAPI document the history looks at to the newest shipped. */
const KUBERNETES = [
  'v1.13.12',
  'v1.14.10',
  'v1.15.12',
  'v1.16.15',
  'v1.17.17',
  'v1.18.20',
  'v1.19.16',
  'v1.20.15',
  'v1.21.14',
  'v1.22.17',
  'v1.23.17',
  'v1.24.17',
  'v1.25.16',
  'v1.26.15',
  'v1.27.16',
  'v1.28.15',
  'v1.29.6',
  'v1.30.14',
  'v1.31.14',
  'v1.32.13',
  'v1.33.13',
  'v1.34.4',
  'v1.35.4',
  'v1.36.3',
  'v1.37.2',
];

/** Where the announced life of each kind stands; older ones only for kinds that newer ones have forgotten. */
const API = ['v0.37.2', 'v0.34.8', 'v0.31.14', 'v0.28.15', 'v0.25.16', 'v0.22.17'];

const SWAGGER = 'api/openapi-spec/swagger.json';
const LIFECYCLE = 'zz_generated.prerelease-lifecycle.go';

const releases = KUBERNETES.map((version) => {
  const module = downloadModule('k8s.io/kubernetes', version);
  return { module, kinds: servedKinds(JSON.parse(readFileSync(`${module.Dir}/${SWAGGER}`, 'utf8'))) };
});
const apis = API.map((version) => downloadModule('k8s.io/api', version));
const lifecycle = new Map(apis.toReversed().flatMap(({ Dir }) => [...readLifecycle(Dir, LIFECYCLE)]));
const kinds = historyOf(
  releases.map(({ module, kinds }) => ({ minor: minorOf(module.Version), kinds })),
  lifecycle,
);
const provenance = {
  licence: 'Apache-2.0',
  generator: 'npm run generate:api-history',
  served: {
    module: 'k8s.io/kubernetes',
    document: SWAGGER,
    versions: sums(releases.map(({ module }) => module)),
  },
  announced: { module: 'k8s.io/api', documents: `*/*/${LIFECYCLE}`, versions: sums(apis) },
};
const lines = kinds.map(([name, kind]) => `${JSON.stringify(name)}:${JSON.stringify(kind)}`).join(',\n');
const text = `{\n"provenance":${JSON.stringify(provenance, null, 1)},\n"kinds":{\n${lines}\n}\n}\n`;
writeFileSync(fileURLToPath(new URL('../schemas/kubernetes-history.json', import.meta.url)), text);
console.log(`schemas/kubernetes-history.json: ${kinds.length} kinds, ${text.length} bytes`);

function minorOf(version) {
  return /^v(\d+\.\d+)\.\d+$/.exec(version)[1];
}

function sums(modules) {
  return Object.fromEntries(modules.map(({ Version, Sum }) => [Version, Sum]));
}
