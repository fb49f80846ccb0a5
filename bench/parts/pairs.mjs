// Pull requests of a real repository, from a Git bundle with branches pair-N-base and pair-N-head.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peakMemory, run } from '../lib/command.mjs';
import { git } from '../lib/generateRepository.mjs';
import { checkCommand } from '../lib/hydrant.mjs';
import { atMost, heading, mebibytes, row, seconds } from '../lib/table.mjs';
import { emptyCache, inWorkplace } from '../lib/workplace.mjs';

/** @param bundle its path, and numbers of pairs; all by default. */
export async function pairs([bundle, ...wanted]) {
  if (bundle === undefined || !existsSync(bundle)) {
    console.log(
      'no pull requests of a real repository: name a bundle, `npm run bench -- pairs FILE [NUMBER]...`',
    );
    return;
  }
  heading(
    'pair',
    'affected of all',
    'first',
    'its processor time',
    'second',
    'its processor time',
    'goal',
    'memory',
    'goal',
  );
  await inWorkplace(async (workplace) => {
    const dir = join(workplace, 'repository.git');
    git(workplace, 'clone', '-q', '--bare', bundle, dir);
    const branches = git(dir, 'branch', '--format', '%(refname:short)').split('\n');
    const all = branches.flatMap((branch) => /^pair-(\d+)-base$/.exec(branch)?.[1] ?? []).map(Number);
    const chosen = wanted.length > 0 ? wanted : all.toSorted((one, other) => one - other);
    for (const number of chosen) await measure({ dir, number, cache: emptyCache(workplace) });
  });
}

async function measure({ dir, number, cache }) {
  const revision = (side) => git(dir, 'rev-parse', `pair-${number}-${side}`).trim();
  const command = checkCommand({ dir, base: revision('base'), head: revision('head') }, cache);
  // What it says of a real repository is not this bench's matter.
  const [first, second] = [0, 1].map(() => run({ ...command, codes: [0, 1, 3] }));
  const { targets } = JSON.parse(second.stdout);
  const affected = targets.filter((target) => target.affected).length;
  const memory = await peakMemory(command);
  row([
    number,
    `${affected} of ${targets.length}`,
    ...[first, second].flatMap(({ milliseconds, processor }) => [
      `${seconds(milliseconds)} s`,
      processor === null ? '' : `${seconds(processor)} s`,
    ]),
    second.processor === null ? '' : atMost(second.processor, 6000, '6 s'),
    memory === null ? '' : mebibytes(memory),
    memory === null ? '' : atMost(memory, 512 * 2 ** 20, '512 MiB'),
  ]);
}
