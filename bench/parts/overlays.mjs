// All overlays change: the whole review against the guide's recipe, and rendering alone.
import { availableParallelism } from 'node:os';
import { peakMemory } from '../lib/command.mjs';
import { generateRepository } from '../lib/generateRepository.mjs';
import { checkCommand, hydrantCheck, hydrantRender } from '../lib/hydrant.mjs';
import { bareLoop, checkoutsOf, guideRecipe, preparePeers, recipeCommand } from '../lib/peers.mjs';
import { assertThatTheRecipeJudges } from '../lib/selfCheck.mjs';
import { atMost, compare, heading, inTurns, mebibytes, row } from '../lib/table.mjs';
import { emptyCache, folderIn, inWorkplace } from '../lib/workplace.mjs';

const MOST_MEMORY = 512 * 2 ** 20;

/** @param sizes numbers of overlays. */
export async function overlays(sizes, { rounds }) {
  const cores = availableParallelism();
  const peers = preparePeers();
  console.log(`${peers.versions}\n`);
  heading('overlays', 'measured', 'Hydrant', 'peer', 'peer / Hydrant', 'goal');
  for (const size of sizes)
    await inWorkplace((workplace) => measure({ size, workplace, peers, cores, rounds }));
}

async function measure({ size, workplace, peers, cores, rounds }) {
  const repository = generateRepository(folderIn(workplace, 'repository'), size);
  const checkouts = checkoutsOf(repository, workplace);
  assertThatTheRecipeJudges(repository, checkouts.base, peers);
  const cache = () => emptyCache(workplace);
  const recipe = (jobs) => guideRecipe(repository, checkouts, { peers, jobs });
  const times = await inTurns(
    {
      check: () => hydrantCheck(repository, cache()),
      recipe: () => recipe(1),
      recipeAtOnce: () => recipe(cores),
      render: async () => ({ milliseconds: await hydrantRender(repository) }),
      loop: () => ({ milliseconds: bareLoop(repository, checkouts) }),
    },
    rounds,
  );
  const against = (what, [ours, theirs], more) =>
    compare([size, what], { ours: times[ours], theirs: times[theirs], ...more });
  against('review; recipe, one overlay at a time', ['check', 'recipe'], { goal: 10 });
  against(`review; recipe, ${cores} overlays at once`, ['check', 'recipeAtOnce'], { goal: 6 });
  against('processor time of both', ['check', 'recipe'], { unit: 'processor' });
  against('rendering; bare loop over the library', ['render', 'loop'], { goal: 0.8 });
  const ours = await peakMemory(checkCommand(repository, cache()));
  const theirs = await peakMemory(recipeCommand(repository, checkouts.head, { peers, jobs: 1 }));
  if (ours === null || theirs === null) return;
  const ratio = `**${(theirs / ours).toPrecision(2)}**`;
  row([
    size,
    'most memory at once',
    mebibytes(ours),
    mebibytes(theirs),
    ratio,
    atMost(ours, MOST_MEMORY, '512 MiB'),
  ]);
}
