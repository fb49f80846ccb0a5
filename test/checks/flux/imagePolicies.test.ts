import { describe, expect, test } from '@jest/globals';
import { checkImagePolicies } from '../../../src/checks/flux/imagePolicies.ts';
import type { FoundObject } from '../../../src/model/foundObject.ts';
import { ownSnapshot } from '../../helpers/ownCommits.ts';
import { expectAboutToTell } from '../aboutTells.ts';
import { objectsOf } from './objects.ts';

const policy = (spec: string, name = 'web') => `---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: {name: ${name}, namespace: flux-system}
spec: {imageRepositoryRef: {name: web}, ${spec}}
`;
const REPOSITORY = `---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: {name: web, namespace: flux-system}
spec: {image: ghcr.io/acme/web, interval: 1m}
`;
const SEMVER = policy('policy: {semver: {range: 1.x.x}}');

async function check(text: string, objects: readonly FoundObject[], path = 'app.yaml') {
  const snapshot = await ownSnapshot({ [path]: text });
  return checkImagePolicies({
    snapshot,
    objects,
    paths: [path, 'gone.yaml'],
    own: { addresses: [], branch: null },
  });
}

async function messagesOf(text: string, objects: readonly FoundObject[] = objectsOf(REPOSITORY + SEMVER)) {
  const { files } = await check(text, objects);
  return files.map(({ severity, message, location }) => `${location.startLine} ${severity}: ${message}`);
}

/** What a policy says of a tag; null for a tag that it may choose. */
async function judged(spec: string, tag: string): Promise<string | null> {
  const [message] = await messagesOf(
    `tag: "${tag}" # {"$imagepolicy": "flux-system:web:tag"}`,
    objectsOf(REPOSITORY + policy(spec)),
  );
  return message?.replace(/^1 error: tag \S+ /, '').replace(/, so that .*$/, '') ?? null;
}

describe('a marker', () => {
  test('with a tag that its policy may choose is fine', async () => {
    const text = `kind: Deployment
image: ghcr.io/acme/web:1.4.2 # {"$imagepolicy": "flux-system:web"}
images:
  - newTag: v1.0.0 #  {"$imagepolicy":"flux-system:web:tag"}
    newName: other/web # {"$imagepolicy": "flux-system:web:name"}
    digest: sha256:ab # {"$imagepolicy": "flux-system:web:digest"}
pinned: ghcr.io/acme/web@sha256:ab # {"$imagepolicy": "flux-system:web"}
`;
    expect(await messagesOf(text)).toEqual([]);
  });

  test('with a tag that its policy never chooses is an error at its line', async () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: a
    - image: localhost:5000/acme/web:2.0.0 # {"$imagepolicy": "flux-system:web"}
`;
    expect((await check(text, objectsOf(REPOSITORY + SEMVER))).files).toEqual([
      {
        rule: 'flux/image-policy',
        severity: 'error',
        message:
          'tag 2.0.0 is not in the range 1.x.x, so that ImagePolicy flux-system/web never chooses it and image automation replaces it',
        about: {
          problem: 'refusedTag',
          tag: '2.0.0',
          wanted: 'inRange',
          by: '1.x.x',
          namespace: 'flux-system',
          name: 'web',
        },
        location: { path: 'app.yaml', startLine: 7, endLine: 7 },
        fieldPath: ['spec', 'containers', 1, 'image'],
        resource: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      },
    ]);
  });

  test('on an image without tag is one on latest', async () => {
    expect(await messagesOf('image: web # {"$imagepolicy": "flux-system:web"}')).toEqual([
      '1 error: tag latest is not a semantic version, so that ImagePolicy flux-system/web never chooses it and image automation replaces it',
    ]);
  });

  test.each([
    [
      '{"$imagepolicy": "flux-system:gone"}',
      'ImagePolicy flux-system/gone is not in the repository: unless it is elsewhere, nothing sets this value',
    ],
    [
      '{"$imagepolicy": "web"}',
      'web is not <namespace>:<name>, with :tag, :name or :digest behind it, so that nothing sets this value',
    ],
    [
      '{"$imagepolicy": "flux-system:web:version"}',
      'flux-system:web:version is not <namespace>:<name>, with :tag, :name or :digest behind it, so that nothing sets this value',
    ],
    [
      '{"$imagepolicy": "flux-system:web}',
      'the image policy marker is not JSON of the form {"$imagepolicy": "<namespace>:<name>"}, so that nothing sets this value',
    ],
    [
      '{$imagepolicy: flux-system:web}',
      'the image policy marker is not JSON of the form {"$imagepolicy": "<namespace>:<name>"}, so that nothing sets this value',
    ],
    [
      '{"$imagepolicy": "flux-system:web", "n": 1}',
      'the image policy marker is not JSON of the form {"$imagepolicy": "<namespace>:<name>"}, so that nothing sets this value',
    ],
  ])('%s sets nothing', async (marker, message) => {
    expect(await messagesOf(`a: 1\nimage: web:1.0.0 # ${marker}\n`)).toEqual([`2 warning: ${message}`]);
  });

  test('that does not work is recognised by why, and by what it names', async () => {
    const policies = {
      range: 'policy: {semver: {range: 1.x.x}}',
      number: 'policy: {numerical: {order: asc}}',
      match: "filterTags: {pattern: '^main-'}, policy: {alphabetical: {}}",
    };
    const names = [
      ...Object.keys(policies).flatMap((name) => [`"flux-system:${name}"`, `"flux-system:${name}:tag"`]),
      '"flux-system:gone"',
      '"other:gone"',
      '"web"',
      '"a:b:c:d"',
      'nothing',
    ];
    const values = ['web:2.0.0', 'web:one', '2.0.0'];
    const text = names.flatMap((name) => values.map((value) => `  - ${value} # {"$imagepolicy": ${name}}\n`));
    const objects = Object.entries(policies).map(([name, spec]) => policy(spec, name));
    const { files } = await check(`images:\n${text.join('')}`, objectsOf(REPOSITORY + objects.join('')));
    expectAboutToTell(files);
  });

  test('that is no comment behind a value is none', async () => {
    const text = `# {"$imagepolicy": "flux-system:gone"}
text: '{"$imagepolicy": "flux-system:gone"}'
map: {a: b} # {"$imagepolicy": "flux-system:gone"}
`;
    expect(await messagesOf(text)).toEqual([]);
  });

  test('in a file that image automation does not read is none', async () => {
    const marker = 'image: web:9.0.0 # {"$imagepolicy": "flux-system:web"}\n';
    expect((await check(marker, objectsOf(REPOSITORY + SEMVER), 'app.json')).files).toEqual([]);
    expect((await check(marker, objectsOf(REPOSITORY + SEMVER), 'a/Kustomization')).files).toHaveLength(1);
  });

  test('in a file that is no YAML was not looked at', async () => {
    const found = await check(
      '{{ if .x }}\nimage: a:1 # {"$imagepolicy": "flux-system:web"}\n',
      objectsOf(SEMVER),
    );
    expect(found.files).toEqual([]);
    expect(found.notValidated).toEqual([
      {
        subject: 'app.yaml',
        concern: 'policies',
        reason: expect.stringMatching(/^line \d is not YAML, so that its image policy markers are not read$/),
      },
    ]);
  });

  test('is fine where the policy of one cluster takes the tag', async () => {
    const objects = [
      ...objectsOf(REPOSITORY + SEMVER, 'production'),
      ...objectsOf(REPOSITORY + policy('policy: {semver: {range: ">=1.0.0-0"}}'), 'staging'),
    ];
    expect(await messagesOf('image: web:2.0.0-rc.1 # {"$imagepolicy": "flux-system:web"}', objects)).toEqual(
      [],
    );
  });
});

describe('a policy', () => {
  test.each([
    ['1.x.x', '1.9.0', null],
    ['1.x.x', 'v1.9.0', null],
    ['1.x.x', '1.9.0-rc.1', 'is not in the range 1.x.x'],
    ['>=1.0.0-0 <2.0.0', '1.9.0-rc.1', null],
    ['>=1.0.0 <2', '2.0.0', 'is not in the range >=1.0.0 <2'],
    ['^1.2', '1.1.9', 'is not in the range ^1.2'],
    ['1.x.x', '1.9', 'is not a semantic version'],
    ['1.x.x', '01.9.0', 'is not a semantic version'],
    ['*', 'latest', 'is not a semantic version'],
  ])('of versions in %s says of %s: %s', async (range, tag, expected) => {
    expect(await judged(`policy: {semver: {range: "${range}"}}`, tag)).toBe(expected);
  });

  test.each([
    ['12', null],
    ['-1.5e3', null],
    ['0x1p4', null],
    ['1_000', null],
    ['1__000', 'is not a number'],
    ['1e999', 'is not a number'],
    ['v12', 'is not a number'],
  ])('of numbers says of %s: %s', async (tag, expected) => {
    expect(await judged('policy: {numerical: {order: asc}}', tag)).toBe(expected);
  });

  test.each([
    [
      `filterTags: {pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts'}, policy: {numerical: {order: asc}}`,
      'main-ab12-1700',
      null,
    ],
    [
      `filterTags: {pattern: '^main-[a-f0-9]+-(?P<ts>.+)$', extract: '$\${ts}0'}, policy: {numerical: {}}`,
      'main-ab12-17',
      'is not a number',
    ],
    [
      `filterTags: {pattern: '^main-(.+)-(.+)$', extract: '\${2}5'}, policy: {numerical: {}}`,
      'main-x-17',
      null,
    ],
    [
      `filterTags: {pattern: '^main-(.+)$', extract: '$1x'}, policy: {numerical: {}}`,
      'main-17',
      'is not a number',
    ],
    [`filterTags: {pattern: '^main-'}, policy: {alphabetical: {order: asc}}`, 'main-anything', null],
    [
      `filterTags: {pattern: '^main-'}, policy: {alphabetical: {order: asc}}`,
      'dev-1',
      'does not match the pattern ^main-',
    ],
    [
      `filterTags: {pattern: '.*-alpine$'}, policy: {semver: {range: '*'}}`,
      '1.0.0-alpine',
      'is not in the range *',
    ],
  ])('with %s says of %s: %s', async (spec, tag, expected) => {
    expect(await judged(spec, tag)).toBe(expected);
  });

  test('without its ImageRepository, or that cannot be read, is an error on it', async () => {
    const objects = objectsOf(
      policy('policy: {semver: {range: one}}', 'range') +
        policy('filterTags: {pattern: "(?=a)"}, policy: {alphabetical: {}}', 'pattern'),
      'a',
    );
    const { objects: violations } = await check('', [...objects, ...objectsOf(REPOSITORY, 'b')]);
    expect(
      violations.map(({ object, violation }) => [
        object.resource.name,
        violation.fieldPath?.join('.'),
        violation.severity,
        violation.message,
      ]),
    ).toEqual([
      [
        'range',
        'spec.imageRepositoryRef.name',
        'error',
        'ImageRepository flux-system/web does not exist in the repository, so that ImagePolicy range has no tags to choose from',
      ],
      [
        'range',
        'spec.policy.semver.range',
        'error',
        'one is not a range of versions, so that ImagePolicy range chooses nothing',
      ],
      [
        'pattern',
        'spec.imageRepositoryRef.name',
        'error',
        'ImageRepository flux-system/web does not exist in the repository, so that ImagePolicy pattern has no tags to choose from',
      ],
      [
        'pattern',
        'spec.filterTags.pattern',
        'error',
        '(?=a) is not a regular expression, so that ImagePolicy pattern chooses nothing',
      ],
    ]);
    expectAboutToTell(violations.map(({ violation }) => violation));
    // Nothing more is said of tags: the mistake is the policy's.
    expect(await messagesOf('image: web:x # {"$imagepolicy": "flux-system:range"}', objects)).toEqual([]);
  });
});
