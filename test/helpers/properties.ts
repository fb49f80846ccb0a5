import fc from 'fast-check';

export { default as fc } from 'fast-check';

/** `npm run test:long` is thorough; the ordinary run tries the same sample each time. */
const IS_LONG = process.env['HYDRANT_TEST_LONG'] === '1';
/** What fast-check tries where nothing else is said. */
const USUAL_RUNS = 100;

// What fails in a long run, which tries other cases each time, is told with its seed.
fc.configureGlobal({ numRuns: runs(USUAL_RUNS), ...(IS_LONG ? {} : { seed: 1 }) });

/** How often a property is tried: as often as given in an ordinary run, in a long one twenty times that or what is said. */
export function runs(ordinary: number, inLongRun = ordinary * 20): number {
  return IS_LONG ? inLongRun : ordinary;
}
