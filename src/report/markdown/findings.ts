import type { Finding, Location } from '../../model/finding.ts';
import type { ExceptedFinding } from '../../model/review.ts';
import { exceptionText } from '../exceptionText.ts';
import type { FindingGroups } from '../figures.ts';
import { subjectOf } from '../subject.ts';
import { count, someOf } from '../words.ts';
import { code, prose } from './escape.ts';
import { type Links, placeLink, targetNames } from './links.ts';
import type { Item, Section } from './shorten.ts';

/** What a list of findings links to. */
export interface FindingContext extends Links {
  readonly head: string;
}

/** New findings, errors first, each with its place. */
export function newFindingsSection({ errors, warnings }: FindingGroups, context: FindingContext): Section {
  return {
    open: '### New findings\n',
    items: [...errors, ...warnings].map((finding) => findingItem(finding, context)),
    close: '',
    omitted: (units) => `**${count(units, 'more new finding')}** not shown.\n`,
    share: 0.4,
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

function findingItem(finding: Finding, context: FindingContext): Item {
  const { severity, status, rule, message, location, targets, otherLocations = [] } = finding;
  const details = [
    ...(location === null ? [] : [placeLink(location, context.head, context)]),
    code(rule),
    ...subjectOf(finding).map((part) => code(part)),
    ...(targets.length === 0 ? [] : [`in ${targetNames(targets)}`]),
    ...(otherLocations.length === 0 ? [] : [alsoAt(otherLocations, context)]),
  ];
  const icon = status === 'fixed' ? '✅' : ICONS[severity];
  return { text: `- ${icon} **${prose(message) || 'no message'}**<br>${details.join(' · ')}`, units: 1 };
}

function alsoAt(places: readonly Location[], context: FindingContext): string {
  return `also at ${someOf(places.map((place) => placeLink(place, context.head, context)))}`;
}

const ICONS = { error: '❌', warning: '⚠️' } as const;
