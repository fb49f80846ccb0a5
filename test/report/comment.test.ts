import { describe, expect, test } from '@jest/globals';
import {
  COMMENT_LIMIT,
  COMMENT_MARKER,
  commentMarker,
  headOfComment,
  renderComment,
} from '../../src/report/comment.ts';
import { fc, runs } from '../helpers/properties.ts';
import { change, finding, gap, HEAD, image, resource, review, richReview, target } from './builders.ts';
import { elementsOf } from './html.ts';

const LINKS = { repositoryUrl: 'https://github.com/acme/gitops' };

test('a review with something of everything', () => {
  expect(renderComment(richReview(), LINKS)).toMatchSnapshot();
});

test('a green review is short', () => {
  expect(renderComment(review({ targets: [target('apps/a', { affected: false })] }), LINKS)).toBe(`\
<!-- hydrant:review head=${HEAD} -->

## ✅ Hydrant: No new findings. Nothing found against merging

No target is affected (of 1).

✅ \`hydrant/render\` passed · ✅ \`hydrant/schemas\` passed · ✅ \`hydrant/policies\` passed · ✅ \`hydrant/secrets\` passed

<sub>Head aaaaaaa against base bbbbbbb. Comment <code>/hydrant validate</code> to review again.</sub>
`);
});

test('the marker tells the head, to Hydrant only', () => {
  const comment = renderComment(review());
  expect(comment.startsWith(`${commentMarker(HEAD)}\n`)).toBe(true);
  expect(comment.startsWith(COMMENT_MARKER)).toBe(true);
  expect(headOfComment(comment)).toBe(HEAD);
  expect(headOfComment('LGTM')).toBeNull();
  expect(headOfComment(`> ${comment}`)).toBeNull();
});

test('a finding of several targets is about the resource in any namespace', () => {
  const inDev = resource({ namespace: 'dev' });
  const of = (targets: string[]) =>
    renderComment(review({ findings: [finding({ resource: inDev, targets })] }));
  expect(of(['a/dev'])).toContain('`Deployment dev/myapp`');
  expect(of(['a/dev', 'a/prod'])).toContain('`Deployment myapp`');
});

test('without the address of the repository places are named and not linked', () => {
  const comment = renderComment(review({ findings: [finding()] }));
  expect(comment).toContain('<br>`apps/myapp/base/deployment.yaml:6` · ');
  expect(comment).not.toContain('](');
});

describe('equal changes', () => {
  const ids = ['a/dev', 'a/prod', 'a/test', 'a/uat'];

  test('of several targets are shown once, with the targets', () => {
    const comment = renderComment(review({ changes: ids.map((id) => change(id)) }));
    expect(comment.match(/```diff/g)).toHaveLength(1);
    expect(comment).toContain(
      '<summary>🟡 changed <code>Deployment myapp</code>, the same in 4 targets (+1 −1)</summary>',
    );
  });

  test('that stand on other lines, in other namespaces, are shown once without either', () => {
    const namespace = { dev: resource({ namespace: 'dev' }), prod: resource({ namespace: 'prod' }) };
    const comment = renderComment(
      review({
        changes: [
          change('a/dev', { resource: namespace.dev, diff: '@@ -5,1 +5,1 @@\n-a: 1\n+a: 2' }),
          change('a/prod', { resource: namespace.prod, diff: '@@ -8,1 +8,1 @@\n-a: 1\n+a: 2' }),
        ],
      }),
    );
    expect(comment).toContain(
      '<summary>🟡 changed <code>Deployment myapp</code>, the same in 2 targets (+1 −1)</summary>',
    );
    expect(comment).toContain('2 changed in `a/{dev, prod}`');
    expect(comment).toContain('```diff\n@@\n-a: 1\n+a: 2\n```');
  });

  test('of overlays of one application are the same by any name prefix, namespace and hash', () => {
    const ids = ['eu', 'us'].map((name) => `apps/shop/overlays/${name}`);
    const of = (name: string, more = '') => {
      const named = resource({ name: `${name}-web`, namespace: `shop-${name}` });
      return change(`apps/shop/overlays/${name}`, {
        resource: named,
        diff: `@@ -3,3 +3,3 @@\n   name: ${name}-web\n   namespace: shop-${name}\n-  map: ${name}-settings-2b2b2b2b2b\n+  map: ${name}-settings-${name === 'eu' ? '4c4c4c4c4c' : '5d5d5d5d5d'}${more}`,
      });
    };
    const told = (changes: ReturnType<typeof of>[]) =>
      renderComment(review({ changes, targets: ids.map((id) => target(id)) }));
    const comment = told([of('eu'), of('us')]);
    expect(comment.match(/```diff/g)).toHaveLength(1);
    expect(comment).toContain('<code>Deployment …-web</code>, the same in 2 targets');
    expect(comment).toContain('Shown as in `apps/shop/overlays/eu`');
    expect(told([of('eu'), of('us', '\n+  more: true')]).match(/```diff/g)).toHaveLength(2);
  });

  test('of two applications are told apart, whatever they are called', () => {
    const changes = ['blog', 'shop'].map((name) =>
      change(`apps/${name}`, { resource: resource({ name: `${name}-web` }) }),
    );
    const targets = ['apps/blog', 'apps/shop'].map((id) => target(id));
    expect(renderComment(review({ changes, targets })).match(/```diff/g)).toHaveLength(2);
  });

  test('to resources of different names are shown apart', () => {
    const changes = [change('a/dev'), change('a/dev', { resource: resource({ name: 'other' }) })];
    const comment = renderComment(review({ changes }));
    expect(comment.match(/```diff/g)).toHaveLength(2);
    expect(comment).toContain('2 changed in `a/dev`');
  });
});

describe('a comment that would be too long', () => {
  test('leaves out whole resources, counts them, and keeps the small behind the large', () => {
    const changes = [
      change('a', { resource: resource({ name: 'large' }), diff: `@@ -1 +1 @@\n${'+x\n'.repeat(30_000)}` }),
      change('a', { resource: resource({ name: 'small' }) }),
    ];
    const comment = renderComment(review({ changes }));
    expect(comment).toContain('**1 more changed resource** not shown');
    expect(comment).toContain('<code>Deployment small</code>');
    expect(comment).not.toContain('<code>Deployment large</code>');
  });

  test('counts a resource for each target that it differs in', () => {
    const diff = `@@ -1 +1 @@\n${'+x\n'.repeat(30_000)}`;
    const comment = renderComment(review({ changes: ['a', 'b', 'c'].map((id) => change(id, { diff })) }));
    expect(comment).toContain('**3 more changed resources** not shown');
  });

  test('keeps room for the diff however many findings there are, and the other way round', () => {
    const findings = Array.from({ length: 1000 }, (_, index) => finding({ message: `Message ${index}.` }));
    const changes = Array.from({ length: 1000 }, (_, index) =>
      change('a', { resource: resource({ name: `app-${index}` }), diff: `@@ -1 +1 @@\n+a: ${index}` }),
    );
    const comment = renderComment(review({ findings, changes }));
    expect(shown(comment).findings).toBeGreaterThan(50);
    expect(shown(comment).diffs).toBeGreaterThan(50);
    expect(comment.length).toBeGreaterThan(COMMENT_LIMIT * 0.95);
  });
});

/** What a repository could be called to do harm, and any other text. */
const HOSTILE = [
  '@octocat',
  '@acme/owners',
  '#1',
  'acme/gitops#12',
  'GH-7',
  'https://evil.example/x',
  'www.evil.example',
  'oci://evil.example/x|y',
  'someone@evil.example',
  'acme/gitops@0123456789abcdef0123456789abcdef01234567',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'DA39A3E',
  ':tada:',
  'a:+1:b',
  'mailto:a@evil.example',
  '[link](https://evil.example)',
  '![image](https://evil.example/pixel.png)',
  '<img src=x onerror=alert(1)>',
  '</details></details><h1>',
  '-->',
  '```',
  '````\n<b>out</b>\n',
  '`|`',
  'a\\|b|c',
  '|',
  '\\',
  '\n\n# Title',
  '\r\n| a | b |',
  '&lt;b&gt;&#64;octocat',
  '**bold**',
  '~~~',
  '$x$',
  '\u202e',
  '\ud800',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme-ascii' })), { maxLength: 4 })
  .map((parts) => parts.join(''));

describe('text of the repository', () => {
  test('neither formats, links, mentions nor breaks out, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 12, maxLength: 12 }), (names) => {
        expect(elementsOf(renderComment(reviewOf(names), LINKS))).toEqual(
          elementsOf(renderComment(reviewOf(names.map(() => 'plain')), LINKS)),
        );
      }),
      { numRuns: runs(300) },
    );
  });

  test.each(HOSTILE)('%j has no effect in any place', (text) => {
    const names = Array.from({ length: 12 }, () => text);
    expect(elementsOf(renderComment(reviewOf(names), LINKS))).toEqual(
      elementsOf(renderComment(reviewOf(names.map(() => 'plain')), LINKS)),
    );
  });

  test('is still read as it was written', () => {
    const comment = renderComment(
      review({ findings: [finding({ message: 'Use <b> & `x` for @octocat, see #1' })] }),
    );
    expect(comment).toContain('**Use &#60;b&#62; &#38; &#96;x&#96; for `@octocat`, see `#1`**');
  });
});

test.each([
  [
    'oci://registry.example.com/team/app is not allowed.',
    '`oci://registry.example.com/team/app` is not allowed.',
  ],
  ['Allow "https://charts.example.com/stable", then', 'Allow "`https://charts.example.com/stable`", then'],
  ['(https://a.example/x_y_z?q=*)', '(`https://a.example/x_y_z?q=*`)'],
  ['of git@github.com:acme/gitops.git: refused', 'of `git@github.com:acme/gitops.git`: refused'],
])('what is to be copied out of %j stands in it exactly, as code', (message, written) => {
  expect(renderComment(review({ findings: [finding({ message })] }))).toContain(`**${written}**`);
});

/** A review in which each name stands in every place that a repository decides on. */
function reviewOf(names: readonly string[]) {
  const [id = '', environment = '', kind = '', name = '', message = '', field = ''] = names;
  const [, , , , , , rule = '', path = '', container = '', subject = '', diff = '', other = ''] = names;
  const odd = resource({ kind, name, namespace: other, group: other });
  return review({
    targets: [target(id, { environment })],
    changes: [
      change(id, {
        resource: odd,
        change: 'renamed',
        previousName: other,
        diff: `@@ -1 +1 @@\n ${diff}\n+${diff}`,
      }),
    ],
    images: [
      image(id, { resource: odd, container, from: `${other}:1`, to: `${other}:2` }),
      image(id, { container }),
    ],
    findings: [
      finding({
        rule,
        message,
        fieldPath: ['spec', field],
        resource: odd,
        targets: [id],
        location: { path: `x/${path}`, startLine: 1, endLine: 1 },
      }),
      finding({ status: 'existing', message }),
      finding({ status: 'fixed', message, location: null }),
    ],
    notValidated: [gap({ subject, reason: other })],
  });
}

function shown(comment: string): { diffs: number; findings: number } {
  return {
    diffs: comment.match(/^<details(?: open)?><summary>🟡 changed/gm)?.length ?? 0,
    findings: comment.match(/^(?:- ❌| {2}-) \*\*(?:Number|Message) \d/gm)?.length ?? 0,
  };
}
