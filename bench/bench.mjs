// Measures Hydrant against its peers and against its goals, in the same run and in turns, and prints the
// tables that docs/performance.md holds.
//   npm run bench                             all parts that need no repository of yours
//   npm run bench -- 50                       50 overlays that all change, and nothing else
//   npm run bench -- one-file 100 1000        one part, with its sizes
//   npm run bench -- pairs FILE               pull requests of a real repository, from a bundle
//   npm run bench -- start --rounds 9         another number of rounds
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { applications } from './parts/applications.mjs';
import { burst } from './parts/burst.mjs';
import { credentials } from './parts/credentials.mjs';
import { oneFile } from './parts/oneFile.mjs';
import { overlays } from './parts/overlays.mjs';
import { pairs } from './parts/pairs.mjs';
import { resources } from './parts/resources.mjs';
import { start } from './parts/start.mjs';

/** Each part, and the sizes that it has where none are said. */
const PARTS = {
  overlays: { measure: overlays, sizes: [50, 100, 500] },
  'one-file': { measure: oneFile, sizes: [100, 1000, 10_000] },
  start: { measure: start, sizes: [] },
  resources: { measure: resources, sizes: [2000] },
  burst: { measure: burst, sizes: [200] },
  applications: { measure: applications, sizes: [] },
  credentials: { measure: credentials, sizes: [] },
  pairs: { measure: pairs, sizes: [] },
};

const USAGE = `usage: npm run bench -- [${Object.keys(PARTS).join('|')}] [SIZE]... [--rounds N]`;

/** Each side runs so often, one after the other, and its median counts: other work on the machine comes and goes. */
const ROUNDS = '5';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: ROUNDS } },
  allowPositionals: true,
});
const rounds = numberOf(values.rounds);
const [first = ''] = positionals;
const isSize = /^\d+$/.test(first);
const chosen = isSize || first === '' ? (isSize ? ['overlays'] : Object.keys(PARTS)) : [first];
const given = isSize ? positionals : positionals.slice(1);

console.log(
  `${availableParallelism()} cores; Node ${process.version}; median of ${rounds} rounds (least–most)`,
);
for (const name of chosen) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(USAGE);
  const sizes = name === 'pairs' ? given : given.map(numberOf);
  console.log(`\n${name}\n`);
  await part.measure(sizes.length > 0 ? sizes : part.sizes, { rounds });
}

function numberOf(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(USAGE);
  return number;
}
