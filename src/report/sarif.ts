import { concernOf, type Finding, type Location } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { gapsOf } from './figures.ts';
import type { ReportOptions } from './reportOptions.ts';
import { rulePageUrl } from './rulePage.ts';
import { fingerprintsOf } from './sarifFingerprints.ts';
import { detailsOf } from './subject.ts';
import { oneLine, oneName, visibleJson } from './visible.ts';
import { count } from './words.ts';

/**
 * What GitHub takes of one run, and of one result's places.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
const MOST_RESULTS = 25_000;
const MOST_PLACES = 1000;

/** A finding that stands in a file. */
type Placed = Finding & { readonly location: Location };

/**
 * A review as SARIF 2.1.0, in the part of it that GitHub's code scanning takes. New and existing findings are
 * results; what SARIF has no place for (findings without a file, what was not validated, what is
 * more than GitHub takes) are notifications of the run, so that nothing is missing without a word.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(review: Review, { rulePages, version }: ReportOptions = {}): string {
  const open = review.findings.filter(({ status }) => status !== 'fixed').toSorted(byWorst);
  const placed = open.filter((finding): finding is Placed => finding.location !== null);
  const shown = placed.slice(0, MOST_RESULTS);
  const rules = [...new Set(shown.map(({ rule }) => rule))].toSorted();
  const fingerprints = fingerprintsOf(shown);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Hydrant',
            ...(version !== undefined && { version, semanticVersion: version }),
            rules: rules.map((rule) =>
              ruleJson(rule, { shown, url: rulePages && rulePageUrl(rule, rulePages) }),
            ),
          },
        },
        // What keeps the results of one tool apart from those of others, for the same commit.
        automationDetails: { id: 'hydrant/' },
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: notifications(review, { open, placed }) },
        ],
        results: shown.map((finding, index) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          level: finding.severity,
          baselineState: finding.status === 'new' ? 'new' : 'unchanged',
          message: { text: messageOf(finding) },
          locations: [place(finding.location)],
          ...relatedTo(finding),
          partialFingerprints: { primaryLocationLineHash: fingerprints[index] },
        })),
      },
    ],
  };
  return `${visibleJson(log, 2)}\n`;
}

/** New before existing, errors before warnings; else as the review has them. */
function byWorst(one: Finding, other: Finding): number {
  return rank(one) - rank(other);
}

function rank({ severity, status }: Finding): number {
  return (status === 'new' ? 0 : 2) + (severity === 'error' ? 0 : 1);
}

function ruleJson(
  rule: string,
  { shown, url }: { readonly shown: readonly Finding[]; readonly url: string | undefined },
) {
  const level = shown.some((one) => one.rule === rule && one.severity === 'error') ? 'error' : 'warning';
  const page = url === undefined ? '' : `${url}, or `;
  const help = `What it finds, why, and how to mend it: ${page}hydrant explain ${oneName(rule)}`;
  return {
    id: rule,
    name: rule,
    shortDescription: { text: oneName(rule) },
    fullDescription: { text: `The rule ${oneName(rule)} of Hydrant, about ${concernOf(rule)}.` },
    ...(url !== undefined && { helpUri: url }),
    help: { text: help },
    defaultConfiguration: { level },
    properties: { tags: [concernOf(rule), 'gitops'], 'problem.severity': level },
  };
}

function messageOf(finding: Finding): string {
  const details = detailsOf(finding).map((part) => oneName(part));
  const sentence = oneLine(finding.message);
  return literal(details.length === 0 ? sentence : `${sentence} (${details.join(' · ')})`);
}

/** Text in which no part is a link of SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (3.11.6) */
function literal(text: string): string {
  return text.replace(/\[(?=[^\]]*\]\()/g, '\\[');
}

/** Paths are relative to the root of the repository, which GitHub knows by this name. */
function place({ path, startLine, endLine }: Location) {
  return {
    physicalLocation: {
      artifactLocation: { uri: encoded(path), uriBaseId: '%SRCROOT%' },
      region: { startLine, endLine },
    },
  };
}

function encoded(path: string): string {
  // No path of Git has half a character; one that had could not be written in an address.
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((step) => encodeURIComponent(step))
    .join('/');
}

function relatedTo({ otherLocations = [] }: Finding) {
  if (otherLocations.length === 0) return {};
  const relatedLocations = otherLocations
    .slice(0, MOST_PLACES)
    .map((location, id) => ({ id, ...place(location), message: { text: 'the same' } }));
  return { relatedLocations };
}

function notifications(
  { notValidated, excepted }: Review,
  { open, placed }: { readonly open: readonly Finding[]; readonly placed: readonly Placed[] },
) {
  const beyond = placed.length - MOST_RESULTS;
  return [
    ...open
      .filter(({ location }) => location === null)
      .map((finding) => notification(finding.severity, `${oneName(finding.rule)}: ${messageOf(finding)}`)),
    ...gapsOf(notValidated).map(({ subject, reason }) =>
      notification('warning', `Not validated: ${oneName(subject)}: ${oneLine(reason)}`),
    ),
    ...(beyond > 0 ? [notification('warning', `${count(beyond, 'more finding')} not listed.`)] : []),
    ...(excepted.length > 0
      ? [notification('note', `${count(excepted.length, 'finding')} excepted by the settings or a policy.`)]
      : []),
  ];
}

function notification(level: 'error' | 'warning' | 'note', text: string) {
  return { level, message: { text: literal(text) } };
}
