import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { packageFile } from '../../src/model/packageFile.ts';
import type { Review } from '../../src/model/review.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { finding, gap, resource, review, richReview } from './builders.ts';

const PAGES = { site: 'https://example.com/hydrant', builtIn: ['images/latest-tag'] };

function runOf(some: Review) {
  return JSON.parse(renderSarif(some, { rulePages: PAGES, version: '1.2.3' })).runs[0];
}

test('a log conforms to the schema of SARIF 2.1.0, and one with a wrong field does not', async () => {
  // From https://github.com/microsoft/sarif-js-sdk; draft 4 says `id` for what is `$id` now.
  const text = await readFile(packageFile('test/fixtures/sarif/sarif-2.1.0-rtm.5.json'), 'utf8');
  const { $schema: _, id, ...schema } = JSON.parse(text);
  // One of its patterns is none with Unicode's flag.
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile({ $id: id, ...schema });

  const excepted = [{ ...finding(), exception: { source: 'x', reason: null, expires: null } }];
  for (const some of [review(), richReview(), review({ excepted })]) {
    validate(JSON.parse(renderSarif(some)));
    expect(validate.errors).toBeNull();
  }
  const log = JSON.parse(renderSarif(richReview()));
  log.runs[0].results[0].level = 'fatal';
  expect(validate(log)).toBe(false);
});

test('has for each result what GitHub asks for', () => {
  const { tool, results } = runOf(richReview());
  for (const { ruleId, ruleIndex, locations, partialFingerprints, message } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(message.text).not.toBe('');
    expect(locations).toHaveLength(1);
    expect(locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: expect.stringMatching(/^[^/:%][^:]*$/), uriBaseId: '%SRCROOT%' },
      region: { startLine: expect.any(Number), endLine: expect.any(Number) },
    });
    expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
  }
  const uris = results.map(
    (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
      result.locations[0]?.physicalLocation.artifactLocation.uri,
  );
  expect(uris).toContain('apps/myapp/overlays/staging/db%20secret%20(1).yaml');
});

test('what is no result is a notification, and nothing is missing', () => {
  const rich = richReview();
  const { results, invocations } = runOf(rich);
  const told = invocations[0].toolExecutionNotifications.map(
    ({ level, message }: { level: string; message: { text: string } }) => `${level} ${message.text}`,
  );
  expect(told).toEqual([
    'warning images/latest-tag: Image "busybox" has no tag. (Deployment myapp · in apps/myapp/overlays/production)',
    'warning Not validated: example.com/v1 Widget: no schema for this kind (1 resource)',
    'warning Not validated: apps/legacy/overlays/production: https://example.com/base is remote; Hydrant renders without network.',
  ]);
  // One finding is fixed, one has no place.
  expect(results).toHaveLength(rich.findings.length - 2);
});

test('the worst come first, and existing ones say that they are', () => {
  const { results } = runOf(
    review({
      findings: [
        finding({ status: 'existing', rule: 'a/existing' }),
        finding({ severity: 'warning', rule: 'b/warning' }),
        finding({ rule: 'c/error' }),
      ],
    }),
  );
  const said = results.map((one: { ruleId: string; level: string; baselineState: string }) => [
    one.ruleId,
    one.level,
    one.baselineState,
  ]);
  expect(said).toEqual([
    ['c/error', 'error', 'new'],
    ['b/warning', 'warning', 'new'],
    ['a/existing', 'error', 'unchanged'],
  ]);
});

test('a rule has its page', () => {
  const { driver } = runOf(
    review({ findings: [finding({ rule: 'images/latest-tag' }), finding({ rule: 'images/own' })] }),
  ).tool;
  expect(driver).toMatchObject({ name: 'Hydrant', version: '1.2.3' });
  const pages = driver.rules.map(({ helpUri }: { helpUri: string }) =>
    helpUri.replace('https://example.com/hydrant/', ''),
  );
  expect(pages).toEqual(['docs/policies/images/latest-tag.md', 'docs/your-own-policies.md']);
});

test('a rule has no page where nobody says where the documentation is', () => {
  const { rules } = JSON.parse(renderSarif(review({ findings: [finding()] }))).runs[0].tool.driver;
  expect(rules).toHaveLength(1);
  expect(JSON.stringify(rules)).not.toContain('://');
});

test('GitHub knows a finding again on another line, and not in another file or field', () => {
  const hash = (some: ReturnType<typeof finding>[]): string[] =>
    runOf(review({ findings: some })).results.map(
      (one: { partialFingerprints: { primaryLocationLineHash: string } }) =>
        one.partialFingerprints.primaryLocationLineHash,
    );
  const [first] = hash([finding()]);
  const moved = finding({
    location: { path: 'apps/myapp/base/deployment.yaml', startLine: 90, endLine: 90 },
  });
  expect(hash([moved])).toEqual([first]);
  for (const other of [
    finding({ location: { path: 'b.yaml', startLine: 6, endLine: 6 } }),
    finding({ fieldPath: ['spec'] }),
    finding({ resource: resource({ name: 'other' }) }),
    finding({ rule: 'schema/required' }),
  ])
    expect(hash([other])).not.toEqual([first]);
  // Two alike are told apart.
  expect(hash([finding(), moved])).toEqual([first, first?.replace(/:1$/, ':2')]);
});

test('counts what is more than GitHub takes, and what is excepted', () => {
  const findings = Array.from({ length: 25_002 }, (_, index) =>
    finding({ location: { path: `${index}.yaml`, startLine: 1, endLine: 1 } }),
  );
  const excepted = [{ ...finding(), exception: { source: 'x', reason: null, expires: null } }];
  const { results, invocations } = runOf(review({ findings, excepted, notValidated: [gap()] }));
  expect(results).toHaveLength(25_000);
  const told = invocations[0].toolExecutionNotifications.map(
    ({ message }: { message: { text: string } }) => message.text,
  );
  expect(told).toContain('2 more findings not listed.');
  expect(told).toContain('1 finding excepted by the settings or a policy.');
});

test('a text is no link, and its hidden characters are seen', () => {
  const { results } = runOf(
    review({
      findings: [
        finding({
          message: 'see [this](https://evil.example) \u202e',
          resource: null,
          fieldPath: null,
          targets: [],
        }),
      ],
    }),
  );
  expect(results[0].message.text).toBe('see \\[this](https://evil.example) <U+202E>');
});
