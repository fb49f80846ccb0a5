import { expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { CHECK_TEXT_LIMIT, toCheckOutput } from '../../src/report/checkOutput.ts';
import { COMMENT_LIMIT, renderComment } from '../../src/report/comment.ts';
import { fc, runs } from '../helpers/properties.ts';
import { change, finding, gap, image, resource, review, target } from './builders.ts';

const LINKS = { repositoryUrl: 'https://github.com/acme/gitops' };

/** Letters of one, two, three and four bytes, some of several characters, and what Markdown has to escape. */
const WORDS = [
  'replicas',
  'развёртывание',
  '設定ファイル',
  '🚀👩‍👩‍👧‍👦',
  'ñandú',
  '"`<&|',
  'e\u0301',
  'ไม่พบ',
];

interface Sizes {
  readonly targets: number;
  readonly changes: number;
  readonly images: number;
  readonly findings: number;
  readonly gaps: number;
}

/** Mostly small, sometimes far too much. */
const size = fc.oneof(fc.nat(5), fc.nat(600), { weight: 1, arbitrary: fc.nat(4000) });
const sizes: fc.Arbitrary<Sizes> = fc.record({
  targets: size,
  changes: size,
  images: size,
  findings: size,
  gaps: size,
});
const words = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 60 })
  .map((some) => some.join(' '));

/** A review in which every list has as many entries as is said, with the text in each. */
function reviewOf({ targets, changes, images, findings, gaps }: Sizes, text: string): Review {
  const ids = Array.from({ length: targets }, (_, index) => `clusters/c${index}/apps`);
  const some = (status: 'new' | 'existing' | 'fixed') =>
    Array.from({ length: findings }, (_, index) =>
      finding({ status, message: `${status} ${index} ${text}`, targets: ids.slice(0, index % 9) }),
    );
  return review({
    targets: ids.map((id) => target(id, { cluster: text })),
    changes: Array.from({ length: changes }, (_, index) =>
      change(`${text}${index % 7}`, {
        resource: resource({ name: `r${index}` }),
        diff: `@@ -1 +1 @@\n+${index}${text.repeat((index * 7) % 50)}`,
      }),
    ),
    images: Array.from({ length: images }, (_, index) =>
      image('a', { to: `app:${index}`, container: text + index }),
    ),
    findings: [...some('new'), ...some('existing'), ...some('fixed')],
    notValidated: Array.from({ length: gaps }, (_, index) => gap({ subject: `Kind ${index}`, reason: text })),
  });
}

test('whatever a review has, each text is within the limit of GitHub, and shows or counts everything', () => {
  fc.assert(
    fc.property(sizes, words, (counts, text) => {
      const all = reviewOf(counts, text);
      const comment = renderComment(all, LINKS);
      expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT);
      holdFindings(comment, counts);
      holdRendered(comment, counts);

      const { summary } = toCheckOutput(all, 'schemas', LINKS);
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(CHECK_TEXT_LIMIT);
      holdFindings(summary, counts);

      const rendered = toCheckOutput(all, 'render', LINKS).text ?? '';
      expect(Buffer.byteLength(rendered)).toBeLessThanOrEqual(CHECK_TEXT_LIMIT);
      holdRendered(rendered, counts);
      for (const one of [comment, summary, rendered]) expect(one).not.toMatch(/\p{Surrogate}/u);
    }),
    { numRuns: runs(15) },
  );
});

test('a text is as short as is asked for', () => {
  const counts = { targets: 90, changes: 90, images: 90, findings: 90, gaps: 90 };
  const all = reviewOf(counts, WORDS.join(' '));
  const output = toCheckOutput(all, 'schemas', { ...LINKS, most: 20_000 });
  expect(Buffer.byteLength(output.summary)).toBeLessThanOrEqual(20_000);
  expect(Buffer.byteLength(output.summary)).toBeGreaterThan(17_000);
  holdFindings(output.summary, counts);
  const comment = renderComment(all, { ...LINKS, most: 20_000 });
  expect(comment.length).toBeLessThanOrEqual(20_000);
  holdFindings(comment, counts);
});

test('what merging does to very many targets is told in some sentences, and the others are counted', () => {
  const targets = Array.from({ length: 500 }, (_, index) =>
    target(`clusters/c${index}`, { stops: `Причина ${index} ${'у'.repeat(900)}` }),
  );
  const { summary } = toCheckOutput(review({ targets }), 'schemas');
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(CHECK_TEXT_LIMIT);
  const told = summary.match(/from now on no change rolls out/g)?.length ?? 0;
  expect(told).toBeGreaterThan(0);
  expect(summary).toContain(`${500 - told} more sentences like these not shown.`);
});

function holdFindings(text: string, { findings, gaps }: Sizes): void {
  const listed = (start: RegExp) => text.match(start)?.length ?? 0;
  expect(listed(/^(?:- ❌| {2}-) \*\*new \d/gm) + omitted(text, 'new finding')).toBe(findings);
  expect(listed(/^- ❌ \*\*existing \d/gm) + omitted(text, 'existing finding')).toBe(findings);
  expect(listed(/^- ✅ \*\*fixed \d/gm) + omitted(text, 'fixed finding')).toBe(findings);
  expect(listed(/^\| `Kind \d+` \|/gm) + omitted(text, 'item')).toBe(gaps);
}

function holdRendered(text: string, { targets, changes, images }: Sizes): void {
  const listed = (start: RegExp) => text.match(start)?.length ?? 0;
  expect(unchanged(text) + omitted(text, 'affected target')).toBe(targets);
  expect(listed(/^<details(?: open)?><summary>🟡 changed/gm) + omitted(text, 'changed resource')).toBe(
    changes,
  );
  expect(listed(/^\| `registry[^|]*→|^\| +\| `registry/gm) + omitted(text, 'image change')).toBe(images);
}

function omitted(text: string, noun: string): number {
  const [, number = '0'] = new RegExp(`\\b([\\d,]+) more ${noun}s?\\b`).exec(text) ?? [];
  return Number(number.replaceAll(',', ''));
}

/** How many targets are told to render what they did: by number where there are many, else by name. */
function unchanged(text: string): number {
  const [, told = ''] = /^- ✅ rendered, no change: (.*)$/m.exec(text) ?? [];
  const [, number] = /<summary>([\d,]+) targets/.exec(told) ?? [];
  if (number !== undefined) return Number(number.replaceAll(',', ''));
  return told.match(/c\d+/g)?.length ?? 0;
}
