import { CONCERNS, type Concern, concernOf, type Finding } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { exceptionText } from './exceptionText.ts';
import { gapsOf, groupFindings } from './figures.ts';
import { detailsOf, placeOf } from './subject.ts';
import { oneLine, oneName } from './visible.ts';
import { element, type Xml } from './xml.ts';

/** One line of the report, with what it says of itself. */
interface TestCase {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly xml: Xml;
}

/**
 * A review as JUnit's XML, as Jenkins, GitLab and others read it: a suite for each of the four checks. What fails the
 * check is a failed test, what was not validated or is excepted a skipped one; warnings and existing findings
 * pass, with their words as output.
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function renderJunit(review: Review): string {
  const suites = CONCERNS.map((concern) => ({ concern, cases: casesOf(review, concern) }));
  const all = suites.flatMap(({ cases }) => cases);
  const root = element(
    'testsuites',
    { name: 'hydrant', tests: String(all.length), failures: numberOf(all, 'failed'), errors: '0' },
    suites.map(({ concern, cases }) =>
      element(
        'testsuite',
        {
          name: `hydrant/${concern}`,
          tests: String(cases.length),
          failures: numberOf(cases, 'failed'),
          errors: '0',
          skipped: numberOf(cases, 'skipped'),
        },
        cases.map(({ xml }) => xml),
      ),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function numberOf(cases: readonly TestCase[], wanted: TestCase['outcome']): string {
  return String(cases.filter(({ outcome }) => outcome === wanted).length);
}

function casesOf(review: Review, concern: Concern): TestCase[] {
  const { errors, warnings, failing, existing } = groupFindings(review, concern);
  const gaps = gapsOf(review.notValidated.filter((gap) => gap.concern === concern));
  const excepted = review.excepted.filter(({ rule }) => concernOf(rule) === concern);
  const cases = [
    ...[...errors, ...failing].map(failed),
    ...[...warnings, ...existing].map(passed),
    ...gaps.map(({ subject, reason }) =>
      skipped(oneName(subject), { concern: `not validated: ${concern}`, why: oneLine(reason) }),
    ),
    ...excepted.map((finding) =>
      skipped(nameOf(finding), { concern: finding.rule, why: oneLine(exceptionText(finding.exception)) }),
    ),
  ];
  // Some readers take a suite without tests for one that broke.
  return cases.length > 0 ? cases : [{ outcome: 'passed', xml: testCase('no findings', concern) }];
}

function failed(finding: Finding): TestCase {
  const { rule, message } = finding;
  const failure = element('failure', { type: oneName(rule), message: oneLine(message) }, textOf(finding));
  return { outcome: 'failed', xml: testCase(nameOf(finding), rule, [failure]) };
}

function passed(finding: Finding): TestCase {
  const output = element('system-out', {}, textOf(finding));
  return { outcome: 'passed', xml: testCase(nameOf(finding), finding.rule, [output]) };
}

function skipped(
  name: string,
  { concern, why }: { readonly concern: string; readonly why: string },
): TestCase {
  return { outcome: 'skipped', xml: testCase(name, concern, [element('skipped', {}, why)]) };
}

function testCase(name: string, classname: string, content: readonly Xml[] = []): Xml {
  return element('testcase', { name, classname: oneName(classname) }, content);
}

/** The place, where there is one: the name is what lists of tests show. */
function nameOf(finding: Finding): string {
  return `${placeOf(finding)}${oneLine(finding.message, 200)}`;
}

function textOf(finding: Finding): string {
  const { severity, status, rule, message } = finding;
  const word = status === 'existing' ? `${severity} (existing)` : severity;
  const details = detailsOf(finding).map((part) => oneName(part));
  return [`${placeOf(finding)}${word}: ${oneLine(message)} [${oneName(rule)}]`, ...details].join('\n');
}
