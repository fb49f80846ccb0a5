// Measures Hydrant against its peers on generated repositories, in the same run and in turns,
// and prints the table that docs/performance.md holds.
//   npm run bench            50 and 500 overlays
//   npm run bench -- 50      only 50
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateApplications, packChart } from './lib/chartRepository.mjs';
import { peakMemory } from './lib/command.mjs';
import { credentialSearches, TOKENS } from './lib/credentialSearch.mjs';
import { generateRepository } from './lib/generateRepository.mjs';
import { applicationsCheck, checkCommand, hydrantCheck, hydrantRender } from './lib/hydrant.mjs';
import { bareLoop, checkoutsOf, guideRecipe, preparePeers, recipeCommand } from './lib/peers.mjs';
import { assertThatTheRecipeJudges } from './lib/selfCheck.mjs';
import { serveFolder } from './lib/serveFolder.mjs';

/** Each side runs so often, one after the other, and its median counts: other work on the machine comes and goes. */
const ROUNDS = 3;

/** As many as a platform team has of one chart; they make 420 findings. */
const APPLICATIONS = 60;

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  throw new Error('usage: npm run bench -- [NUMBER OF OVERLAYS]...');
}
const cores = availableParallelism();
const peers = preparePeers();
console.log(
  `${cores} cores; Node ${process.version}; ${peers.versions}; median of ${ROUNDS} rounds (least–most)\n`,
);
console.log('| overlays | measured | Hydrant | peer | peer / Hydrant |');
console.log('| -------: | -------- | ------: | ---: | -------------: |');
for (const size of sizes.length > 0 ? sizes : [50, 500]) {
  await inFolder((workplace) => measure(size, workplace));
}

await inFolder(measureApplications);
await measureCredentials();

/** The search for credentials must not take more than the text and the number of its tokens are worth. */
async function measureCredentials() {
  const times = await inTurns(credentialSearches());
  console.log(`\n| tokens in 1 MB | measured | all rules | pass of one rule | one rule / all |`);
  console.log('| -------------: | -------- | --------: | ---------------: | -------------: |');
  compare([TOKENS, 'search for credentials'], times.search, times.pass);
}

/** Where a chart comes from must not matter: each Application's is fetched, or stands in the repository. */
async function measureApplications(workplace) {
  const chart = join(workplace, 'chart');
  mkdirSync(chart);
  const { files } = packChart(chart);
  const { address, close } = await serveFolder(chart);
  const repository = (name, from) => {
    const dir = join(workplace, name);
    mkdirSync(dir);
    return generateApplications(dir, { count: APPLICATIONS, files, ...from });
  };
  const [fetched, own] = [repository('fetched', { address }), repository('own', {})];
  const cache = () => mkdtempSync(join(workplace, 'cache-'));
  try {
    const times = await inTurns({
      fetched: () => applicationsCheck(fetched, cache()),
      own: () => applicationsCheck(own, cache()),
    });
    console.log(`\n| Applications | measured | chart fetched | chart committed | committed / fetched |`);
    console.log('| -----------: | -------- | ------------: | --------------: | ------------------: |');
    compare([APPLICATIONS, 'review'], times.fetched, times.own);
    compare([APPLICATIONS, 'processor time'], times.fetched, times.own, 'processor');
  } finally {
    close();
  }
}

async function measure(size, workplace) {
  const dir = join(workplace, 'repository');
  mkdirSync(dir);
  const repository = generateRepository(dir, size);
  const checkouts = checkoutsOf(repository, workplace);
  assertThatTheRecipeJudges(repository, checkouts.base, peers);
  // Nothing is kept from one run to the next, as on a machine that CI has just started.
  const cache = () => mkdtempSync(join(workplace, 'cache-'));
  const recipe = (jobs) => guideRecipe(repository, checkouts, { peers, jobs });
  const times = await inTurns({
    check: () => hydrantCheck(repository, cache()),
    recipe: () => recipe(1),
    recipeAtOnce: () => recipe(cores),
    render: async () => ({ milliseconds: await hydrantRender(repository) }),
    loop: () => ({ milliseconds: bareLoop(repository, checkouts) }),
  });
  compare([size, 'review; recipe, one overlay at a time'], times.check, times.recipe);
  compare([size, `review; recipe, ${cores} overlays at once`], times.check, times.recipeAtOnce);
  compare([size, 'processor time of both'], times.check, times.recipe, 'processor');
  compare([size, 'rendering; bare loop over the library'], times.render, times.loop);
  const ours = await peakMemory(checkCommand(repository, cache()));
  const theirs = await peakMemory(recipeCommand(repository, checkouts.head, { peers, jobs: 1 }));
  if (ours === null || theirs === null) return;
  row([size, 'most memory at once', mebibytes(ours), mebibytes(theirs)], theirs / ours);
}

async function inFolder(work) {
  const workplace = mkdtempSync(join(tmpdir(), 'hydrant-bench-'));
  try {
    await work(workplace);
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

/** What each contestant took, a list with one entry a round. */
async function inTurns(contestants) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(contestants)) times[name].push(await run());
  }
  return times;
}

function compare(cells, ours, theirs, unit = 'milliseconds') {
  const [one, other] = [ours, theirs].map((times) => times.map((time) => time[unit]));
  if (one.includes(null) || other.includes(null)) return;
  row([...cells, withRange(one), withRange(other)], median(other) / median(one));
}

function row(cells, ratio) {
  console.log(`| ${[...cells, `**${ratio.toPrecision(2)}**`].join(' | ')} |`);
}

function withRange(times) {
  return `${seconds(median(times))} s (${seconds(Math.min(...times))}–${seconds(Math.max(...times))})`;
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}

function mebibytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
