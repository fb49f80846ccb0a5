// Many pull requests at once, through an emulated GitHub that asks for no pause between writes.
import { performance } from 'node:perf_hooks';
import { startBurst } from '../lib/burst.mjs';
import { heading, median, quantile, row, seconds } from '../lib/table.mjs';
import { inWorkplace } from '../lib/workplace.mjs';

/** As many reviews as the bot does at once. */
const WORKERS = 4;

/** @param sizes one number: of pull requests. */
export function burst([count = 200]) {
  return inWorkplace(async (workplace) => {
    const { open, concluded, close } = await startBurst(workplace);
    try {
      await concluded(await open());
      const alone = [];
      for (let round = 0; round < 3; round += 1) alone.push(await concluded(await open()));
      const begun = performance.now();
      const waits = [];
      for (let number = 0; number < count; number += 1) waits.push(concluded(await open()));
      const times = await Promise.all(waits);
      const minutes = (performance.now() - begun) / 60_000;
      const one = median(alone);
      const p95 = quantile(times, 0.95);
      const limit = 2 * one * Math.ceil((0.95 * count) / WORKERS);
      heading('pull requests', 'reviews a minute', 'one alone', 'median', '95 of 100 within', 'goal');
      const cells = [one, median(times), p95].map((time) => `${seconds(time)} s`);
      const goal = `at most ${seconds(limit)} s: ${p95 <= limit ? 'met' : 'missed'}`;
      row([count, (count / minutes).toFixed(0), ...cells, goal]);
    } finally {
      await close();
    }
  });
}
