import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { packageFile } from '../../src/model/packageFile.ts';
import { renderJson } from '../../src/report/json.ts';
import { TARGET_KINDS } from '../helpers/targets.ts';
import { BASE, change, finding, gap, HEAD, resource, review, richReview, target } from './builders.ts';

test('fields and their order are the contract', () => {
  const text = renderJson(
    review({
      targets: [target('apps/a')],
      changes: [change('apps/a', { diff: '@@ -1,1 +1,1 @@', previousName: 'old', change: 'renamed' })],
      findings: [finding({ targets: ['apps/a'], resource: resource({ namespace: 'prod' }) })],
      notValidated: [gap(), gap({ concern: 'policies' })],
    }),
  );

  expect(text).toBe(`{
  "schemaVersion": 1,
  "base": "${BASE}",
  "head": "${HEAD}",
  "verdict": "success",
  "verdicts": {
    "render": "success",
    "schemas": "success",
    "policies": "success",
    "secrets": "success"
  },
  "gate": "new",
  "targets": [
    {
      "id": "apps/a",
      "kind": "kustomize",
      "path": "apps/a",
      "cluster": null,
      "environment": null,
      "affected": true,
      "status": "rendered"
    }
  ],
  "changes": [
    {
      "target": "apps/a",
      "resource": {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "namespace": null,
        "name": "myapp"
      },
      "change": "renamed",
      "diff": "@@ -1,1 +1,1 @@"
    }
  ],
  "findings": [
    {
      "rule": "schema/unknown-field",
      "severity": "error",
      "status": "new",
      "message": "Unknown field \\"replica\\"; did you mean \\"replicas\\"?",
      "resource": {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "namespace": "prod",
        "name": "myapp"
      },
      "fieldPath": "spec.replica",
      "targets": [
        "apps/a"
      ],
      "location": {
        "path": "apps/myapp/base/deployment.yaml",
        "startLine": 6,
        "endLine": 6
      }
    }
  ],
  "excepted": [],
  "notValidated": [
    {
      "subject": "example.com/v1 Widget",
      "reason": "no schema for this kind (1 resource)"
    }
  ]
}
`);
});

test('a report conforms to its schema, and one with a wrong field does not', async () => {
  const schema: unknown = JSON.parse(await readFile(packageFile('schemas/report.schema.json'), 'utf8'));
  // compile wants an object; what the file holds is one.
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema as object);

  const exception = { source: '.hydrant.yaml line 3', reason: 'known', expires: null };
  const excepting = review({ excepted: [{ ...finding(), exception }] });
  expect(JSON.parse(renderJson(excepting)).excepted).toEqual([
    { finding: JSON.parse(renderJson(review({ findings: [finding()] }))).findings[0], exception },
  ]);
  for (const some of [review(), richReview(), excepting]) {
    validate(JSON.parse(renderJson(some)));
    expect(validate.errors).toBeNull();
  }
  expect(validate({ ...JSON.parse(renderJson(review())), verdict: 'green' })).toBe(false);
  expect(validate({ ...JSON.parse(renderJson(review())), more: 1 })).toBe(false);
});

test('the schema of a report has the kinds of targets that there are', async () => {
  const schema = JSON.parse(await readFile(packageFile('schemas/report.schema.json'), 'utf8'));
  expect(schema.properties.targets.items.properties.kind.enum.toSorted()).toEqual(TARGET_KINDS.toSorted());
});
