// Many pull requests at once, through an emulated GitHub that asks for no pause between writes.
import { startBurst } from '../lib/burst.mjs';
import { atMost, heading, inTurns, median, quantile, row, seconds, withRange } from '../lib/table.mjs';
import { inWorkplace } from '../lib/workplace.mjs';

/** As many reviews as the bot does at once where it is not told otherwise. */
const WORKERS = 4;

/** @param sizes one number: of pull requests. */
export function burst([count], { rounds }) {
  return inWorkplace(async (workplace) => {
    const { open, reviewed, close } = await startBurst(workplace);
    try {
      // As many as there are processes: each has started then, and holds its engine.
      await reviewed(await open(WORKERS));
      const { one, all } = await inTurns(
        {
          one: async () => (await reviewed(await open(1)))[0],
          all: async () => reviewed(await open(count)),
        },
        rounds,
      );
      const minutes = all.map((times) => (count * 60_000) / Math.max(...times));
      const halves = all.map(median);
      const most = all.map((times) => quantile(times, 0.95));
      const limit = 2 * median(one) * Math.ceil((0.95 * count) / WORKERS);
      heading('pull requests', 'reviews a minute', 'one alone', 'half within', '95 of 100 within', 'goal');
      const goal = atMost(
        median(most),
        limit,
        `${seconds(limit)} s, twice one alone by its place in the queue`,
      );
      row([count, median(minutes).toFixed(0), ...[one, halves, most].map(withRange), goal]);
    } finally {
      await close();
    }
  });
}
