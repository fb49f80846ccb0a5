import { type Concern, concernOf, type Finding } from '../model/finding.ts';
import type { Review, Verdict } from '../model/review.ts';
import {
  effect,
  type FindingGroups,
  type Gap,
  gapsOf,
  groupFindings,
  MOST_SENTENCES,
  newFindings,
} from './figures.ts';
import { changesSection } from './markdown/changes.ts';
import { prose } from './markdown/escape.ts';
import {
  exceptedSection,
  failingSection,
  newFindingsSection,
  otherFindingsSection,
} from './markdown/findings.ts';
import { gapsSection } from './markdown/gaps.ts';
import { imagesSection } from './markdown/images.ts';
import type { Links } from './markdown/links.ts';
import { beside, bytes } from './markdown/room.ts';
import { shorten } from './markdown/shorten.ts';
import { targetsSection } from './markdown/targets.ts';
import { detailsOf } from './subject.ts';
import { oneLine, oneName } from './visible.ts';
import { count } from './words.ts';

/** GitHub refuses a summary or text of a check run with more bytes. */
export const CHECK_TEXT_LIMIT = 65_535;

/** A check run takes no more annotations from Hydrant: they come fifty in a request. */
const MOST_ANNOTATIONS = 1000;

/** A remark at lines of a file, in the words of GitHub's REST API. */
interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** What a concluded check run shows. */
export interface CheckOutput {
  readonly conclusion: Verdict;
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** Markdown; only where there is more to tell. */
  readonly text?: string;
  /** The worst first; GitHub takes 50 in a request. */
  readonly annotations: readonly Annotation[];
}

/**
 * One concern of a review as a check run. New findings are annotations at their lines, where the gate is
 * `all` existing errors as well;
 * those without a place stand in the summary, as all do. The render check also carries
 * the rendered difference.
 * https://docs.github.com/en/rest/checks/runs
 * @param options.most how many bytes summary and text may have each; as many as GitHub takes where it is not said.
 */
export function toCheckOutput(
  review: Review,
  concern: Concern,
  options: Links & { readonly most?: number } = {},
): CheckOutput {
  const { most = CHECK_TEXT_LIMIT, ...links } = options;
  const groups = groupFindings(review, concern);
  const gaps = gapsOf(review.notValidated.filter((item) => item.concern === concern));
  const context = { ...links, head: review.head };
  const title = titleOf(review, concern, { groups, gaps });
  const all = told(groups).flatMap(annotationOf);
  const lead = [
    `**${title}.** ${effect(review, prose, MOST_SENTENCES)}`,
    ...(all.length > MOST_ANNOTATIONS ? [notAnnotated(all.length - MOST_ANNOTATIONS)] : []),
  ].join('\n\n');
  const sections = [
    newFindingsSection(groups, context),
    failingSection(groups, context),
    gapsSection(gaps),
    exceptedSection(
      review.excepted.filter(({ rule }) => concernOf(rule) === concern),
      context,
    ),
    otherFindingsSection('existing finding', groups.existing, context),
    otherFindingsSection('fixed finding', groups.fixed, context),
  ];
  const text = concern === 'render' ? renderedText(review, most) : '';
  return {
    conclusion: review.verdicts[concern],
    title,
    summary: [lead, ...shorten(sections, beside(bytes(most), lead))].join('\n\n'),
    ...(text === '' ? {} : { text }),
    annotations: all.slice(0, MOST_ANNOTATIONS),
  };
}

function notAnnotated(number: number): string {
  return `**${count(number, 'more finding')}** without an annotation: only the worst ${MOST_ANNOTATIONS.toLocaleString('en-US')} have one.`;
}

function titleOf(
  review: Review,
  concern: Concern,
  { groups, gaps }: { readonly groups: FindingGroups; readonly gaps: readonly Gap[] },
): string {
  const found = newFindings(groups);
  switch (review.verdicts[concern]) {
    case 'failure':
      return `${found}${spread(review, told(groups))}`;
    case 'neutral':
      return `${found === '' ? 'No new errors' : found}, but ${count(gaps.length, 'item')} not validated`;
    case 'success':
      return found === '' ? 'No new findings' : `${found}${spread(review, groups.warnings)}`;
    case 'skipped':
      return 'Nothing to check';
  }
}

/** What stands at lines: the errors that fail the check, the new ones first, then warnings. */
function told({ errors, failing, warnings }: FindingGroups): Finding[] {
  return [...errors, ...failing, ...warnings];
}

/** ` in 3 of 14 targets`, or nothing for findings on files alone. */
function spread({ targets }: Review, findings: readonly Finding[]): string {
  const hit = new Set(findings.flatMap((finding) => finding.targets)).size;
  return hit === 0 ? '' : ` in ${hit} of ${count(targets.length, 'target')}`;
}

function renderedText(review: Review, most: number): string {
  const sections = [
    targetsSection(review),
    imagesSection(review.images),
    changesSection(review.changes, review.targets),
  ];
  return shorten(sections, bytes(most)).join('\n\n');
}

function annotationOf(finding: Finding): Annotation[] {
  const { location, severity, rule, message } = finding;
  if (location === null) return [];
  const details = detailsOf(finding).map((part) => oneName(part));
  return [
    {
      path: location.path,
      start_line: location.startLine,
      end_line: location.endLine,
      annotation_level: severity === 'error' ? 'failure' : 'warning',
      title: oneName(rule, 200),
      message: [
        `${oneLine(message)}${finding.status === 'existing' ? ' (existing)' : ''}`,
        ...(details.length === 0 ? [] : [details.join(' · ')]),
      ].join('\n'),
    },
  ];
}
