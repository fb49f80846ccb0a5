// One overlay changes, of many: the first review of a repository, a later one with what earlier ones kept,
// and one in a process of the bot that stays.
import { availableParallelism } from 'node:os';
import { botReviews } from '../lib/botReviews.mjs';
import { changeOverlays, generateRepository } from '../lib/generateRepository.mjs';
import { changeCheck } from '../lib/hydrant.mjs';
import { bareLoops, checkoutsOf, preparePeers } from '../lib/peers.mjs';
import { atMost, heading, inTurns, median, row, withRange } from '../lib/table.mjs';
import { emptyCache, folderIn, inWorkplace } from '../lib/workplace.mjs';

const LATER = [
  ['kept', 'later review, with what was kept'],
  ['bot', "later review in the bot's process"],
];

/** @param sizes numbers of overlays; later reviews are held against those of the first. */
export async function oneFile(sizes, { rounds }) {
  preparePeers();
  heading('overlays', 'measured', 'Hydrant', 'processor time', 'goal');
  const first = {};
  for (const size of sizes) await inWorkplace((workplace) => measure({ size, first, rounds, workplace }));
}

async function measure({ size, first, rounds, workplace }) {
  const cores = availableParallelism();
  const repository = generateRepository(folderIn(workplace, 'repository'), size);
  // Reviewed are other commits than those that were kept, as with the next pull request.
  const [start, ...changes] = changeOverlays(repository, rounds + 2);
  const [warm = '', ...later] = changes;
  const checkouts = checkoutsOf({ ...repository, head: warm }, workplace);
  const kept = emptyCache(workplace);
  changeCheck({ ...repository, base: start, head: warm }, kept);
  const bot = await botReviews(repository, folderIn(workplace, 'data'));
  try {
    await bot.review({ base: start, head: warm });
    let round = 0;
    const pair = () => [later[round - 1] ?? warm, later[round]];
    const times = await inTurns(
      {
        cold: () => changeCheck({ ...repository, base: start, head: warm }, emptyCache(workplace)),
        loop: () => bareLoops(repository, checkouts, cores),
        bot: () => {
          const [base, head] = pair();
          return bot.review({ base, head });
        },
        kept: () => {
          const [base, head] = pair();
          round += 1;
          return changeCheck({ ...repository, base, head }, kept);
        },
      },
      rounds,
    );
    const wall = (name) => median(times[name].map(({ milliseconds }) => milliseconds));
    const show = (name, what, goal) => {
      const used = times[name].map(({ processor }) => processor ?? null);
      const processor = used.includes(null) ? '' : withRange(used);
      row([size, what, withRange(times[name].map(({ milliseconds }) => milliseconds)), processor, goal]);
    };
    show('loop', `bare loop over all overlays of the head, on ${cores} cores`, '');
    const ratio = wall('cold') / wall('loop');
    show(
      'cold',
      `first review (${ratio.toPrecision(2)} times the loop)`,
      atMost(ratio, 1.2, '1.2 times the loop'),
    );
    for (const [name, what] of LATER) {
      first[name] ??= wall(name);
      const growth = wall(name) / first[name];
      const isMet = wall(name) <= 1000 && growth <= 1.5;
      const goal = `at most 1.0 s, and 1.5 times the smallest: ${isMet ? 'met' : 'missed'}`;
      show(name, `${what} (${growth.toPrecision(2)} times the smallest)`, goal);
    }
  } finally {
    await bot.close();
  }
}
