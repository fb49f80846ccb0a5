// Measures Hydrant against its peers in the same run, as ratios, on generated
// repositories. Prints the table that docs/performance.md holds.
//   npm run bench            50 and 500 overlays
//   npm run bench -- 50      only 50
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRepository } from './lib/generateRepository.mjs';
import { hydrantCheck, hydrantRender } from './lib/hydrant.mjs';
import { bareLoop, guideRecipe, preparePeers } from './lib/peers.mjs';

const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const peers = await preparePeers();
console.log(`# ${cpus().length} cores, Node ${process.version}\n`);
console.log('| overlays | what | Hydrant | peer | ratio (peer / Hydrant) |');
console.log('|---:|---|---:|---:|---:|');
for (const size of sizes.length > 0 ? sizes : [50, 500]) {
  const dir = mkdtempSync(join(tmpdir(), 'hydrant-bench-'));
  try {
    const repository = generateRepository(dir, size);
    row(
      size,
      "the whole review against the guide's recipe",
      await hydrantCheck(repository),
      await guideRecipe(repository, peers),
    );
    row(
      size,
      'rendering against a bare loop over the library',
      await hydrantRender(repository),
      await bareLoop(repository, peers),
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function row(size, what, ours, theirs) {
  const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
  console.log(
    `| ${size} | ${what} | ${seconds(ours)} | ${seconds(theirs)} | ${(theirs / ours).toFixed(1)} |`,
  );
}
