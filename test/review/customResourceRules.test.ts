import { describe, expect, test } from '@jest/globals';
import { formatFieldPath } from '../../src/model/manifest.ts';
import type { Review } from '../../src/model/review.ts';
import { reviewed } from './reviewed.ts';

/** The definition of a Widget whose spec has the rules. */
function definition(rules: string, fields = '', kind = 'Widget'): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              min: { type: integer, default: 1 }
              max: { type: integer }
              token: { type: string }
              labels: { type: object, additionalProperties: { type: string } }
              list: { type: array, items: { type: string } }
${fields}            x-kubernetes-validations:
${rules}
`;
}

const MIN_MAX = `            - { rule: self.min <= self.max, message: min must not be above max, fieldPath: .min }`;

function widget(spec: string, name = 'w', kind = 'Widget'): string {
  return `apiVersion: example.com/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${spec}`;
}

/** A target with the definition and one with Widgets, so that a change of the one leaves the other alone. */
function files(rules: string, widgets: string, extra: Record<string, string> = {}): Record<string, string> {
  return {
    'crds/kustomization.yaml': 'resources: [crd.yaml]\n',
    'crds/crd.yaml': definition(rules),
    'app/kustomization.yaml': `resources: [w.yaml]\n`,
    'app/w.yaml': widgets,
    ...extra,
  };
}

function found({ findings }: Review): string[] {
  return findings
    .filter(({ rule }) => rule.startsWith('schema/cel'))
    .map(({ status, rule, location, fieldPath, message }) =>
      [
        `${status} ${rule}`,
        location === null ? '-' : `${location.path}:${location.startLine}`,
        fieldPath === null ? '-' : formatFieldPath(fieldPath),
        message,
      ].join(' | '),
    );
}

function unchecked({ notValidated }: Review): string[] {
  return notValidated
    .filter(({ reason }) => reason.includes('CEL'))
    .map(({ subject, reason }) => `${subject}: ${reason}`);
}

const FINE = widget('  min: 1\n  max: 2\n');

describe('the CEL rules of custom resources', () => {
  test('a broken one is a finding with its message, at the field', async () => {
    const review = await reviewed(files(MIN_MAX, FINE), { 'app/w.yaml': widget('  min: 3\n  max: 2\n') });
    expect(found(review)).toEqual(['new schema/cel | app/w.yaml:5 | spec.min | min must not be above max']);
    expect(review.verdicts.schemas).toBe('failure');
    expect(unchecked(review)).toEqual([]);
  });

  test('one that was broken before is existing, and fixed when it is mended', async () => {
    const broken = widget('  min: 3\n  max: 2\n');
    const review = await reviewed(files(MIN_MAX, broken), {
      'app/w.yaml': widget('  min: 3\n  max: 2\n  token: t\n'),
    });
    expect(found(review)).toEqual([
      'existing schema/cel | app/w.yaml:5 | spec.min | min must not be above max',
    ]);
    expect(review.verdict).toBe('success');
    const mended = await reviewed(files(MIN_MAX, broken), { 'app/w.yaml': FINE });
    expect(found(mended)).toEqual(['fixed schema/cel | - | spec.min | min must not be above max']);
  });

  test('one that the head adds to the definition counts for what the head renders', async () => {
    const base = files('            - { rule: "true" }', widget('  min: 3\n  max: 2\n'));
    const review = await reviewed(base, {
      'crds/crd.yaml': definition(MIN_MAX),
      'app/w.yaml': widget('  min: 4\n  max: 2\n'),
    });
    expect(found(review)).toEqual(['new schema/cel | app/w.yaml:5 | spec.min | min must not be above max']);
  });

  test('without a message it is named, and a computed message is computed', async () => {
    const rules = `            - { rule: self.min <= self.max }
            - { rule: self.max < 9, messageExpression: "'max is ' + string(self.max) + ', not below 9'" }`;
    const review = await reviewed(files(rules, FINE), { 'app/w.yaml': widget('  min: 12\n  max: 11\n') });
    expect(found(review)).toEqual([
      'new schema/cel | app/w.yaml:4 | spec | failed rule: self.min <= self.max',
      'new schema/cel | app/w.yaml:4 | spec | max is 11, not below 9',
    ]);
  });

  test('a transition is that from the base to the head, defaults included', async () => {
    const rules = '            - { rule: self.min == oldSelf.min, message: min is immutable }';
    const review = await reviewed(files(rules, widget('  max: 2\n')), {
      'app/w.yaml': widget('  max: 2\n  min: 2\n'),
    });
    expect(found(review)).toEqual(['new schema/cel | app/w.yaml:4 | spec | min is immutable']);
    expect(unchecked(review)).toEqual([]);
    const same = await reviewed(files(rules, widget('  max: 2\n')), {
      'app/w.yaml': widget('  max: 3\n  min: 1\n'),
    });
    expect(found(same)).toEqual([]);
    const added = await reviewed(files(rules, widget('  max: 2\n')), {
      'app/w.yaml': widget('  max: 2\n  min: 2\n', 'other'),
    });
    expect(found(added)).toEqual([]);
  });

  test('a rule with an optional oldSelf tells a new resource from one that was there', async () => {
    const rules =
      '            - { rule: oldSelf.hasValue() || self.min == 1, optionalOldSelf: true, message: starts with one }';
    const review = await reviewed(files(rules, widget('  min: 5\n')), {
      'app/w.yaml': `${widget('  min: 6\n')}---\n${widget('  min: 7\n', 'new')}`,
    });
    expect(found(review)).toEqual(['new schema/cel | app/w.yaml:10 | spec | starts with one']);
  });

  test('where the base does not render, transitions are not validated, and said so', async () => {
    const rules = `${MIN_MAX}\n            - { rule: self.min == oldSelf.min, message: immutable }`;
    const base = files(rules, FINE, { 'app/kustomization.yaml': 'resources: [w.yaml, gone.yaml]\n' });
    const review = await reviewed(base, {
      'app/kustomization.yaml': 'resources: [w.yaml]\n',
      'app/w.yaml': widget('  min: 3\n  max: 2\n'),
    });
    expect(found(review)).toEqual(['new schema/cel | app/w.yaml:5 | spec.min | min must not be above max']);
    expect(unchecked(review)).toEqual([
      'example.com/v1 Widget: the CEL rules of Widget w are not checked: what it was is not known, as app does not render at the base',
    ]);
  });

  test('one that does not compile is a finding on the definition, and its resources are not validated', async () => {
    const base = files('            - { rule: "true" }', FINE);
    const review = await reviewed(base, {
      'crds/crd.yaml': definition('            - { rule: self.nope == 1, message: m }'),
      'app/w.yaml': widget('  min: 2\n  max: 2\n'),
    });
    expect(found(review)).toEqual([
      expect.stringMatching(
        /^new schema\/cel-definition \| crds\/crd.yaml:25 \| spec.versions\[0\].schema.openAPIV3Schema.properties.spec.x-kubernetes-validations\[0\].rule \| compilation failed: at 1:5: undefined field 'nope'$/,
      ),
    ]);
    expect(unchecked(review)).toEqual([
      'example.com/v1 Widget: the CEL rules of Widget w are not checked: a rule of its definition does not compile',
    ]);
  });

  test('one that costs too much is that resource alone', async () => {
    const rules =
      '            - { rule: "self.list.all(a, self.list.all(b, self.list.all(c, a + b + c != \'x\')))", message: m }';
    const list = Array.from({ length: 200 }, (_, index) => `i${index}`).join(', ');
    const review = await reviewed(files(rules, widget('  list: [x]\n')), {
      'app/w.yaml': `${widget('  list: [x]\n', 'small')}---\n${widget(`  list: [${list}]\n`, 'large')}`,
    });
    expect(found(review)).toEqual([]);
    expect(unchecked(review)).toEqual([
      'example.com/v1 Widget: the CEL rules of Widget large are not checked: the rules cost more than the API server allows for one resource, so it would refuse it',
    ]);
    expect(review.verdicts.schemas).not.toBe('success');
  });

  test('a resource of another shape is told of that first', async () => {
    const review = await reviewed(files(MIN_MAX, FINE), { 'app/w.yaml': widget('  min: three\n  max: 2\n') });
    expect(found(review)).toEqual([]);
    expect(review.findings.map(({ rule }) => rule)).toEqual(['schema/wrong-type']);
    expect(unchecked(review)).toEqual([
      'example.com/v1 Widget: the CEL rules of Widget w are not checked: its rules are checked when its fields are right: see spec.min',
    ]);
  });

  test('what one of several definitions accepts is no mistake', async () => {
    const other = {
      'other/kustomization.yaml': 'resources: [crd.yaml]\n',
      'other/crd.yaml': definition('            - { rule: "true" }'),
    };
    const review = await reviewed(files(MIN_MAX, FINE, other), {
      'app/w.yaml': widget('  min: 3\n  max: 2\n'),
    });
    expect(found(review)).toEqual([]);
  });

  test('those of well-known projects count without a definition in the repository', async () => {
    const route = (filters: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec:
  rules:
  - backendRefs: [{ name: web, port: 80 }]
${filters}`;
    const base = { 'app/kustomization.yaml': 'resources: [route.yaml]\n', 'app/route.yaml': route('') };
    const review = await reviewed(base, {
      'app/route.yaml': route(
        '    filters: [{ type: RequestRedirect, requestRedirect: { statusCode: 301 } }]\n',
      ),
    });
    expect(found(review)).toEqual([
      'new schema/cel | app/route.yaml:6 | spec.rules[0] | RequestRedirect filter must not be used together with backendRefs',
    ]);
  });

  test('a rule on a hidden value gives neither a finding nor the value', async () => {
    const rules = `            - { rule: self.token.startsWith('x'), message: m }
            - { rule: self.min < 3, message: too many, messageExpression: "'too many for ' + self.token" }`;
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: canary-cel-rule-value }\n';
    const base = files(rules, FINE, {
      'app/kustomization.yaml': 'resources: [w.yaml, s.yaml]\n',
      'app/s.yaml': secret,
    });
    const review = await reviewed(base, {
      'app/w.yaml': widget('  min: 3\n  token: canary-cel-rule-value\n'),
    });
    // At the base, the rule was broken; nobody can say that it is not at the head.
    expect(found(review)).toEqual(['new schema/cel | app/w.yaml:4 | spec | too many']);
    expect(unchecked(review)).toEqual([
      'example.com/v1 Widget: the CEL rules of Widget w are not checked: a rule looks at values that are hidden here',
    ]);
    expect(JSON.stringify(review)).not.toContain('canary-');
  });
});
