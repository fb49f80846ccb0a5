// Pull requests of a real repository, from a Git bundle with branches pair-N-base and pair-N-head.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peakMemory, run } from '../lib/command.mjs';
import { git } from '../lib/generateRepository.mjs';
import { checkCommand } from '../lib/hydrant.mjs';
import { atMost, heading, inTurns, mebibytes, median, row, withRange } from '../lib/table.mjs';
import { emptyCache, inWorkplace } from '../lib/workplace.mjs';

/** @param bundle its path, and numbers of pairs; all by default. */
export async function pairs([bundle, ...wanted], { rounds }) {
  if (bundle === undefined) {
    console.log('skipped: name a bundle of a real repository, `npm run bench -- pairs FILE [NUMBER]...`');
    return;
  }
  if (!existsSync(bundle)) throw new Error(`there is no bundle ${bundle}`);
  const columns = ['run', 'clock', 'processor time', 'goal', 'memory', 'goal'];
  heading('pair', 'files changed', 'affected of all', ...columns);
  await inWorkplace(async (workplace) => {
    const dir = join(workplace, 'repository.git');
    git(workplace, 'clone', '-q', '--bare', bundle, dir);
    const branches = git(dir, 'branch', '--format', '%(refname:short)').split('\n');
    const all = branches.flatMap((branch) => /^pair-(\d+)-base$/.exec(branch)?.[1] ?? []).map(Number);
    const chosen = wanted.length > 0 ? wanted : all.toSorted((one, other) => one - other);
    for (const number of chosen) await measure({ dir, number, rounds, workplace });
  });
}

async function measure({ dir, number, rounds, workplace }) {
  const [base, head] = ['base', 'head'].map((side) => git(dir, 'rev-parse', `pair-${number}-${side}`).trim());
  const command = (cache) => checkCommand({ dir, base, head }, cache);
  let kept = emptyCache(workplace);
  // What it says of a real repository is not this bench's matter.
  const review = () => run({ ...command(kept), codes: [0, 1, 3] });
  const first = () => {
    kept = emptyCache(workplace);
    return review();
  };
  const times = await inTurns({ first, second: review }, rounds);
  const { targets } = JSON.parse(times.second[0].stdout);
  const affected = targets.filter((target) => target.affected).length;
  const changed = git(dir, 'diff', '--name-only', base, head).trimEnd().split('\n').length;
  const cells = [number, changed, `${affected} of ${targets.length}`];
  const memory = {
    first: await peakMemory(command(emptyCache(workplace))),
    second: await peakMemory(command(kept)),
  };
  for (const name of ['first', 'second']) {
    const isJudged = name === 'second' && changed === 1;
    row([...cells, name, ...timesOf(times[name], isJudged), ...memoryOf(memory[name])]);
  }
}

/** The goal is one for a change of one file. */
function timesOf(taken, isJudged) {
  const [clock, processor] = ['milliseconds', 'processor'].map((unit) => taken.map((time) => time[unit]));
  if (processor.includes(null)) return [withRange(clock), '', ''];
  const goal = isJudged ? atMost(median(processor), 6000, '6 s of processor time') : '';
  return [withRange(clock), withRange(processor), goal];
}

function memoryOf(bytes) {
  return bytes === null ? ['', ''] : [mebibytes(bytes), atMost(bytes, 512 * 2 ** 20, '512 MiB')];
}
