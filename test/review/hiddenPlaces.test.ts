import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { type Facts, memoryFacts } from '../../src/model/facts.ts';
import { CONCERNS } from '../../src/model/finding.ts';
import type { Review } from '../../src/model/review.ts';
import { toCheckOutput } from '../../src/report/checkOutput.ts';
import { REPORT_FORMATS } from '../../src/report/formats.ts';
import { leaksIn } from '../helpers/leaks.ts';
import { fc, runs } from '../helpers/properties.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { BESIDE_PLACES, HIDDEN_PLACES } from './hiddenPlaces.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const PLACES = Object.keys(HIDDEN_PLACES);

/** What later reviews take up, which stands on the disk meanwhile. */
function watchedFacts(): { readonly kept: Facts; readonly texts: () => string } {
  const facts = memoryFacts();
  const texts: string[] = [];
  const keep = (key: string, text: string) => {
    texts.push(key, text);
    facts.keep(key, text);
  };
  return { kept: { ...facts, keep }, texts: () => texts.join('\n') };
}

/** All that leaves of a review: every format, every check run, and the review itself. */
function leaving(review: Review): string {
  return [
    inspect(review, { depth: Number.POSITIVE_INFINITY, maxStringLength: null, maxArrayLength: null }),
    ...Object.values(REPORT_FORMATS).map((render) => render(review, { color: true })),
    ...CONCERNS.map((concern) =>
      JSON.stringify(toCheckOutput(review, concern, { repositoryUrl: 'https://example.com' })),
    ),
  ].join('\n');
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** A value that is random: no word, and no part of another. */
const randomValue = fc
  .record({
    letters: fc.array(fc.constantFrom(...LETTERS.split('')), { minLength: 10, maxLength: 40 }),
    sign: fc.constantFrom('', '', '', '-', '.', '!', '_', '/', '+', '&', '<', "'"),
    at: fc.nat(),
  })
  .map(({ letters, sign, at }) => {
    // Of each kind at least one, in turn.
    const text = ['k', '7', 'Q', '2', ...letters];
    const place = 1 + (at % (text.length - 2));
    return [...text.slice(0, place), sign, ...text.slice(place)].join('');
  });

interface Canary {
  readonly place: string;
  readonly folder: string;
  readonly value: string;
  readonly before: string;
}

/** The files of all places, with their values; those that only one commit has are told apart by `side`. */
function filesOf(canaries: readonly Canary[], side: 'value' | 'before'): TestFiles {
  return Object.assign(
    {},
    ...canaries.map((canary) => HIDDEN_PLACES[canary.place]?.files(canary.folder, canary[side]) ?? {}),
  );
}

function saysOf(review: Review, { place, folder }: Canary): boolean {
  const says = HIDDEN_PLACES[place]?.says ?? /^secret\//;
  const isFinding = review.findings.some(
    ({ rule, message, location }) =>
      (location?.path.startsWith(`${folder}/`) ?? message.includes(folder)) &&
      (says.test(rule) || says.test(message) || says.test(location?.path ?? '')),
  );
  // A chart that wants values is no finding.
  return (
    isFinding || review.notValidated.some(({ subject, reason }) => subject === folder && says.test(reason))
  );
}

const ONE_REVIEW_MS = 120_000;

describe('a value is found and not shown', () => {
  test.each(PLACES)(
    'in %s',
    async (place) => {
      const canary = { place, folder: 'one', value: 'kQ7zwLEAKu02pW9', before: 'nB4xtRGOYs81cV6' };
      const base = { ...BESIDE_PLACES, ...filesOf([canary], 'before') };
      const { kept, texts } = watchedFacts();
      const review = await reviewed(engine, { base, head: filesOf([canary], 'value'), kept });
      const text = `${leaving(review)}\n${texts()}`;
      expect([canary.value, canary.before].flatMap((value) => leaksIn(text, value))).toEqual([]);
      expect(saysOf(review, canary)).toBe(true);
    },
    ONE_REVIEW_MS,
  );
});

/** A repository with a value in each of several places, and others in the same at the base. */
const repositories = fc
  .uniqueArray(fc.constantFrom(...PLACES), { minLength: 12, maxLength: 12 })
  .chain((places) =>
    fc
      .array(fc.tuple(randomValue, randomValue), { minLength: places.length, maxLength: places.length })
      .map((values) =>
        places.map((place, index): Canary => {
          const [value = '', before = ''] = values[index] ?? [];
          return { place, folder: `f${index}`, value, before };
        }),
      ),
  );

const MANY_REVIEWS_MS = 3_600_000;

test(
  'no value of any place is in anything that leaves, in whatever encoding',
  async () => {
    await fc.assert(
      fc.asyncProperty(repositories, async (canaries) => {
        const base = { ...BESIDE_PLACES, ...filesOf(canaries, 'before') };
        const { kept, texts } = watchedFacts();
        const review = await reviewed(engine, { base, head: filesOf(canaries, 'value'), kept });
        const text = `${leaving(review)}\n${texts()}`;
        const leaks = canaries.flatMap((canary) =>
          [canary.value, canary.before].flatMap((value) =>
            leaksIn(text, value).map((around) => [canary.place, value, around]),
          ),
        );
        expect(leaks).toEqual([]);
      }),
      // Each is a value in twelve places, at both commits.
      { numRuns: runs(4, 180) },
    );
  },
  MANY_REVIEWS_MS,
);
