import type { Finding, Location } from '../../model/finding.ts';
import type { ExceptedFinding } from '../../model/review.ts';
import { type Placed, placesOf } from '../applications.ts';
import { exceptionText } from '../exceptionText.ts';
import type { FindingGroups } from '../figures.ts';
import { causesOf, type FindingCause } from '../findingCauses.ts';
import { rulePageUrl } from '../rulePage.ts';
import { subjectOf } from '../subject.ts';
import type { ToldFinding } from '../toldFindings.ts';
import { count, shortCommit, someOf } from '../words.ts';
import { code, prose } from './escape.ts';
import { foldedNames, type Links, placeLink, targetNames } from './links.ts';
import type { Item, Section } from './shorten.ts';

/** What a list of findings links to. */
export interface FindingContext extends Links {
  readonly head: string;
  /** Tells the environments of the targets that findings name. */
  readonly targets?: readonly Placed[];
}

/** New findings by rule and cause, the worst first, each with its place. */
export function newFindingsSection({ errors, warnings }: FindingGroups, context: FindingContext): Section {
  return {
    open: '### New findings\n',
    items: causesOf([...errors, ...warnings]).flatMap((cause) => causeItems(cause, context)),
    close: '',
    omitted: (units) => `**${count(units, 'more new finding')}** not shown.\n`,
    share: 0.4,
  };
}

/** Errors that were there before and fail the check all the same. */
export function failingSection({ failing }: FindingGroups, context: FindingContext): Section {
  return {
    open: '### Existing errors\n',
    items: causesOf(failing).flatMap((cause) => causeItems(cause, context)),
    close: '',
    omitted: (units) => `**${count(units, 'more existing error')}** not shown.\n`,
    share: 0.1,
  };
}

/** Findings that the change does not bring in, folded away. */
export function otherFindingsSection(
  title: string,
  findings: readonly Finding[],
  context: FindingContext,
): Section {
  return {
    open: `<details><summary>${count(findings.length, title)}</summary>\n`,
    items: findings.map((finding) => findingItem(finding, context)),
    close: '\n</details>',
    omitted: (units) => `${count(units, `more ${title}`)} not shown.\n`,
    share: 0.04,
  };
}

/** What an earlier comment told, and the last push fixed. */
export function fixedByPushSection(fixed: readonly ToldFinding[], context: FindingContext): Section {
  return {
    open: `### Fixed by the last push (${shortCommit(context.head)})\n`,
    items: fixed.map(({ rule, message }) => ({
      text: `- ✅ ${prose(message) || 'no message'} · ${ruleLink(rule, context)}`,
      units: 1,
    })),
    close: '',
    omitted: (units) => `${count(units, 'more finding')} fixed by it not shown.\n`,
    share: 0.03,
  };
}

/** Findings that do not count, each with its exception, folded away. */
export function exceptedSection(findings: readonly ExceptedFinding[], context: FindingContext): Section {
  return {
    open: `<details><summary>${count(findings.length, 'excepted finding')}</summary>\n`,
    items: findings.map((finding) => {
      const { text, units } = findingItem(finding, context);
      return { text: `${text}<br>${prose(exceptionText(finding.exception))}`, units };
    }),
    close: '\n</details>',
    omitted: (units) => `${count(units, 'more excepted finding')} not shown.\n`,
    share: 0.04,
  };
}

/** A single finding in full; several under what they have in common. */
function causeItems({ rule, severity, message, findings }: FindingCause, context: FindingContext): Item[] {
  if (findings.length === 1) return findings.map((finding) => findingItem(finding, context));
  const [first] = findings;
  const together = findings.every(({ targets }) => sameNames(targets, first?.targets ?? []));
  const where = together && first !== undefined ? toldIn(first.targets, context) : [];
  const link = ruleLink(rule, context);
  const sentence = message === null ? link : `**${prose(message) || 'no message'}** · ${link}`;
  const head = [`${sentence}: ${count(findings.length, 'finding')}`, ...where].join(' ');
  const group = { open: `- ${ICONS[severity]} ${head}`, close: '' };
  return findings.map((finding) => ({
    text: `  - ${partOf(together ? { ...finding, targets: [] } : finding, { ...context, message })}`,
    units: 1,
    group,
  }));
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

/** What one of several findings of a rule adds to what stands above it. */
function partOf(finding: Finding, context: FindingContext & { readonly message: string | null }): string {
  const details = detailsOf(finding, context);
  const sentence = `**${prose(finding.message) || 'no message'}**`;
  if (context.message === null) return `${sentence} · ${details}`;
  return details === '' ? sentence : details;
}

function findingItem(finding: Finding, context: FindingContext): Item {
  const { severity, status, rule, message } = finding;
  const icon = status === 'fixed' ? '✅' : ICONS[severity];
  const details = detailsOf(finding, context, ruleLink(rule, context));
  return { text: `- ${icon} **${prose(message) || 'no message'}**<br>${details}`, units: 1 };
}

/** Its line first, then its rule where that is not said before, what it is about, and in which targets. */
function detailsOf(finding: Finding, context: FindingContext, rule?: string): string {
  const { location, targets, otherLocations = [] } = finding;
  const details = [
    ...(location === null ? [] : [placeLink(location, context.head, context)]),
    ...(rule === undefined ? [] : [rule]),
    ...subjectOf(finding).map((part) => code(part)),
    ...(otherLocations.length === 0 ? [] : [alsoAt(otherLocations, context)]),
  ].join(' · ');
  const where = toldIn(targets, context);
  const separator = details === '' || targets.length > MOST_LISTED ? ' ' : ' · ';
  return [details, ...where].join(separator).trim();
}

const MOST_LISTED = 3;

/** The targets by name; of many their environments, with the names folded. */
function toldIn(ids: readonly string[], { targets = [] }: FindingContext): string[] {
  if (ids.length === 0) return [];
  if (ids.length <= MOST_LISTED) return [`in ${targetNames(ids)}`];
  const own = new Set(ids);
  const places = placesOf(targets.filter(({ id }) => own.has(id)));
  return [foldedNames(ids, places === '' ? 'in ' : `in ${prose(places)}: `)];
}

function ruleLink(rule: string, { rulePages }: Links): string {
  return rulePages === undefined ? code(rule) : `[${code(rule)}](${rulePageUrl(rule, rulePages)})`;
}

function alsoAt(places: readonly Location[], context: FindingContext): string {
  return `also at ${someOf(places.map((place) => placeLink(place, context.head, context)))}`;
}

const ICONS = { error: '❌', warning: '⚠️' } as const;
