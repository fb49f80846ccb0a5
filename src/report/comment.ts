import { CONCERNS, type Concern, concernOf } from '../model/finding.ts';
import type { Review, Verdict } from '../model/review.ts';
import { effectSentence } from './effectSentence.ts';
import { gapsOf, groupFindings, headline, newFindings } from './figures.ts';
import { changesSection } from './markdown/changes.ts';
import { prose } from './markdown/escape.ts';
import {
  exceptedSection,
  failingSection,
  fixedByPushSection,
  newFindingsSection,
  otherFindingsSection,
} from './markdown/findings.ts';
import { gapsSection } from './markdown/gaps.ts';
import { imagesSection } from './markdown/images.ts';
import type { Links } from './markdown/links.ts';
import { beside, characters } from './markdown/room.ts';
import { type Section, shorten } from './markdown/shorten.ts';
import { targetsSection } from './markdown/targets.ts';
import { fixedSince, type ToldFinding, toldMarker } from './toldFindings.ts';
import { count, shortCommit } from './words.ts';

/** GitHub refuses a comment with more characters. */
export const COMMENT_LIMIT = 65_536;

/** What the first line of every comment of Hydrant starts with. */
export const COMMENT_MARKER = '<!-- hydrant:review';

/** The hidden first line of the comment on a head. */
export function commentMarker(head: string): string {
  return `${COMMENT_MARKER} head=${head} -->`;
}

/** The head that a comment is about; null where the comment is not Hydrant's. */
export function headOfComment(body: string): string | null {
  return /^<!-- hydrant:review head=([0-9a-f]{40,64}) -->/.exec(body)?.[1] ?? null;
}

interface CommentOptions extends Links {
  readonly most?: number;
  /** The text of the comment before this one. */
  readonly earlier?: string | undefined;
}

/** False where nothing is affected and nothing found, so that a comment would only be noise. */
export function isWorthTelling({ targets, findings, excepted, notValidated }: Review): boolean {
  return (
    // Whoever expects a review has to learn that nothing is found to be reviewed.
    targets.length === 0 ||
    targets.some(({ affected }) => affected) ||
    findings.some(({ status }) => status !== 'existing') ||
    excepted.length > 0 ||
    notValidated.some(({ isStanding }) => !isStanding)
  );
}

/**
 * The pull request comment, in GitHub's Markdown, at most {@link COMMENT_LIMIT} characters
 * long, or as many as are asked for. What does not fit is left out by whole findings, rows and resources, and counted. Each
 * section may first take its `share`; what is left over goes to the sections in the order of
 * `sectionsOf`. So the lists at the end, of existing and of fixed findings, are cut first, and new findings
 * last; within a section it is what stands at its end.
 */
export function renderComment(review: Review, options: CommentOptions = {}): string {
  const { most = COMMENT_LIMIT, earlier = '', ...links } = options;
  const top = [
    commentMarker(review.head),
    `## ${ICONS[review.verdict]} Hydrant: ${headline(review)}${meaning(review)}`,
    effectSentence(review, prose),
  ].join('\n\n');
  const bottom = footer(review);
  const { head } = review;
  const fixed = earlier === '' || headOfComment(earlier) === head ? [] : fixedSince(earlier, review);
  const sections = sectionsOf(review, { ...links, head, fixed });
  const room = beside(characters(most), top, bottom);
  return `${[top, ...shorten(sections, room), bottom].join('\n\n')}\n`;
}

/** What the verdict means for merging. */
function meaning(review: Review): string {
  switch (review.verdict) {
    case 'failure':
      return '. Fix before merging';
    case 'neutral':
      return '. Check by hand before merging';
    case 'success':
      return newFindings(groupFindings(review)) === ''
        ? '. Nothing found against merging'
        : '. Merging is up to you';
    case 'skipped':
      return '';
  }
}

/** In the order in which they are read. */
function sectionsOf(
  review: Review,
  { fixed, ...links }: Links & { readonly head: string; readonly fixed: readonly ToldFinding[] },
): Section[] {
  const groups = groupFindings(review);
  const context = { ...links, targets: review.targets };
  return [
    newFindingsSection(groups, context),
    failingSection(groups, context),
    fixedByPushSection(fixed, context),
    changesSection(review.changes, review.targets),
    targetsSection(review),
    imagesSection(review.images),
    gapsSection(gapsOf(review.notValidated)),
    exceptedSection(review.excepted, context),
    otherFindingsSection('existing finding', groups.existing, context),
    otherFindingsSection('fixed finding', groups.fixed, context),
  ];
}

/** The four checks in one line. */
function verdictLine(review: Review): string {
  const checks = CONCERNS.map((concern) => {
    const verdict = review.verdicts[concern];
    const what = remark(review, concern);
    return `${ICONS[verdict]} \`hydrant/${concern}\` ${VERDICTS[verdict]}${what === '' ? '' : ` (${what})`}`;
  });
  return checks.join(' · ');
}

function remark(review: Review, concern: Concern): string {
  const { excepted, notValidated, targets } = review;
  const groups = groupFindings(review, concern);
  const exceptions = excepted.filter(({ rule }) => concernOf(rule) === concern).length;
  const gaps = gapsOf(notValidated.filter((item) => item.concern === concern)).length;
  const rendered = targets.filter(({ affected, status }) => affected && status === 'rendered').length;
  return [
    newFindings(groups),
    groups.existing.length > 0 ? `${groups.existing.length} existing` : '',
    groups.fixed.length > 0 ? `${groups.fixed.length} fixed` : '',
    exceptions > 0 ? `${exceptions} excepted` : '',
    gaps > 0 ? `${count(gaps, 'item')} not validated` : '',
    concern === 'render' && rendered > 0 ? `${count(rendered, 'target')} rendered` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function footer(review: Review): string {
  const { base, head } = review;
  const told = toldMarker(review);
  return `${verdictLine(review)}\n\n<sub>Head ${shortCommit(head)} against base ${shortCommit(base)}. Comment <code>/hydrant validate</code> to review again.</sub>${told === '' ? '' : `\n\n${told}`}`;
}

const ICONS: Readonly<Record<Verdict, string>> = {
  success: '✅',
  failure: '❌',
  neutral: '⚠️',
  skipped: '⏭️',
};

const VERDICTS: Readonly<Record<Verdict, string>> = {
  success: 'passed',
  failure: 'failed',
  neutral: 'incomplete',
  skipped: 'nothing to check',
};
