import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import { packageFile } from '../../src/model/packageFile.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { finding, gap, review, richReview } from './builders.ts';

const hostile = finding({
  message: 'a]]> <b attr="c"> &amp; \u0001 \uffff \ud800',
  location: { path: '<&">\t.yaml', startLine: 1, endLine: 1 },
});

/** What libxml2 has against a report, by the schema of JUnit. */
async function wrongWith(contents: string): Promise<string[]> {
  // From https://github.com/yannh/kubeconform, where it is from Jenkins.
  const schema = await readFile(packageFile('test/fixtures/junit/junit-4.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents }], schema: [schema] });
  return errors.map(({ message }) => message);
}

test('a report conforms to the schema of JUnit, and is XML whatever it quotes', async () => {
  const excepted = [{ ...hostile, exception: { source: 'x', reason: null, expires: null } }];
  for (const some of [review(), richReview(), review({ findings: [hostile], excepted })])
    expect(await wrongWith(renderJunit(some))).toEqual([]);
  expect(await wrongWith(renderJunit(review()).replaceAll('testcase', 'case'))).not.toEqual([]);
  expect(await wrongWith(renderJunit(review()).replace('</testsuites>', ''))).not.toEqual([]);
});

test('a review with something of everything', () => {
  expect(renderJunit(richReview())).toMatchSnapshot();
});

test('quotes what it is told', () => {
  const text = renderJunit(review({ findings: [hostile] }));
  expect(text).toContain('a]]&#62; &#60;b attr=&#34;c&#34;&#62; &#38;amp; &#60;U+0001&#62;');
  expect(text).not.toMatch(/\uffff|\p{Surrogate}/u);
});

test('what fails the check fails a test, and no other does', () => {
  const existing = finding({ status: 'existing' });
  const numbers = (text: string) => /<testsuites .*>/.exec(text)?.[0];
  const findings = [finding(), existing, finding({ severity: 'warning' })];
  expect(numbers(renderJunit(review({ findings })))).toBe(
    '<testsuites name="hydrant" tests="6" failures="1" errors="0">',
  );
  expect(numbers(renderJunit(review({ findings, gate: 'all' })))).toContain('failures="2"');
  expect(renderJunit(review({ notValidated: [gap()] }))).toContain(
    '<testsuite name="hydrant/schemas" tests="1" failures="0" errors="0" skipped="1">',
  );
});
