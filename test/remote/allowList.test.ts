import { describe, expect, test } from '@jest/globals';
import { createAllowList } from '../../src/remote/allowList.ts';
import { parseAddress } from '../../src/settings/address.ts';
import { fc } from '../helpers/properties.ts';

function allows(pattern: string, text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && createAllowList([pattern]).allows(address);
}

describe('an entry of remotes.allow', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'https://charts.example.com/stable',
      [
        'https://charts.example.com/stable',
        'https://charts.example.com/stable/',
        'https://charts.example.com/stable/a/b.tgz?x=y#z',
        'HTTPS://CHARTS.example.com:443/other/../stable',
        'https://charts.example.com/%73table',
        'https://charts.example.com\\stable',
      ],
      [
        'https://charts.example.com/',
        'https://charts.example.com/stable2',
        'https://charts.example.com/STABLE',
        'https://charts.example.com//stable',
        'https://charts.example.com/stable/../other',
        'https://charts.example.com/stable/%2e%2e/other',
        'https://charts.example.com/stable/..%2fother',
        'https://charts.example.com/stable/..%5cother',
        'https://charts.example.com/stable%2fother',
        'https://charts.example.com/%zz',
        'http://charts.example.com/stable',
        'https://charts.example.com:8443/stable',
        'https://charts.example.com./stable',
        'https://charts.example.com.evil.example/stable',
        'https://evil.example/charts.example.com/stable',
        'https://evil.example?https://charts.example.com/stable',
        'https://charts.example.com@evil.example/stable',
        'https://me:secret@charts.example.com/stable',
        'oci://charts.example.com/stable',
        'ftp://charts.example.com/stable',
        'charts.example.com/stable',
      ],
    ],
    [
      'oci://ghcr.io/acme/*',
      ['oci://ghcr.io/acme/podinfo', 'OCI://GHCR.io/acme/podinfo/', 'oci://ghcr.io:443/acme/.hidden'],
      [
        'oci://ghcr.io/acme',
        'oci://ghcr.io/acme/charts/podinfo',
        'oci://ghcr.io/acme/../evil/podinfo',
        'oci://ghcr.io/acme2/podinfo',
        'oci://ghcr.io/acme/a%2fb',
        'https://ghcr.io/acme/podinfo',
      ],
    ],
    [
      'oci://ghcr.io/acme/**',
      ['oci://ghcr.io/acme/podinfo', 'oci://ghcr.io/acme/charts/podinfo:1.2.3'],
      ['oci://ghcr.io/other/podinfo'],
    ],
    [
      'https://raw.example.com/acme/{one,two}/v*/base.yaml',
      ['https://raw.example.com/acme/two/v1/base.yaml'],
      ['https://raw.example.com/acme/three/v1/base.yaml', 'https://raw.example.com/acme/two/v1/x/base.yaml'],
    ],
    [
      'https://gitlab.com/api/v4/projects/acme%2Fcharts/packages',
      ['https://gitlab.com/api/v4/projects/acme%2fcharts/packages/helm/stable'],
      ['https://gitlab.com/api/v4/projects/acme/charts/packages'],
    ],
    ['oci://docker.io/acme', ['oci://registry-1.docker.io/acme/x', 'oci://index.docker.io/acme'], []],
    ['https://*.example.com', [], ['https://charts.example.com', 'https://*.example.com']],
    ['*', [], ['https://charts.example.com', '*']],
    ['', [], ['', 'https://charts.example.com']],
  ])('%s', (pattern, allowed, refused) => {
    expect(allowed.filter((address) => !allows(pattern, address))).toEqual([]);
    expect(refused.filter((address) => allows(pattern, address))).toEqual([]);
  });

  test('allows itself and what is below, and never another host or a sibling', () => {
    const part = fc.stringMatching(/^[a-z0-9.%_~-]{1,6}$/).filter((text) => !/^\.+$|%/.test(text));
    const root = fc.tuple(fc.domain(), fc.array(part, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(root, fc.array(part, { maxLength: 3 }), fc.domain(), (entry, below, other) => {
        const [host, path] = entry;
        const pattern = `https://${host}/${path.join('/')}`;
        const suffix = below.map((name) => `/${name}`).join('');
        expect(allows(pattern, pattern + suffix)).toBe(true);
        expect(allows(pattern, `${pattern}x${suffix}`)).toBe(false);
        const sibling = `${below.join('/')}x`;
        expect(allows(pattern, `${pattern}/../${sibling}`)).toBe(path.at(-1) === sibling.split('/')[0]);
        if (other !== host) expect(allows(pattern, `https://${other}/${path.join('/')}`)).toBe(false);
      }),
    );
  });

  test('never throws, whatever the texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: 'binary' }).map((rest) => `https://a.example/${rest}`),
      fc.string().map((rest) => `oci://${rest}`),
    );
    fc.assert(fc.property(text, text, (pattern, address) => typeof allows(pattern, address) === 'boolean'));
  });

  test('names a local address only with its port', () => {
    const list = createAllowList([
      'http://127.0.0.1:8080/charts',
      'https://10.1.2.3',
      'http://[::ffff:10.9.9.9]',
      'oci://127.0.0.1/x',
      'https://charts.example.com',
      'http://[FD00::1]:81/*',
    ]);
    const named = [
      ['127.0.0.1', 8080],
      ['::ffff:127.0.0.1', 8080],
      ['10.1.2.3', 443],
      ['10.9.9.9', 80],
      ['127.0.0.1', 80],
      ['fd00::1', 81],
    ] as const;
    const others = [
      ['127.0.0.1', 8081],
      ['127.0.0.2', 8080],
      ['10.1.2.3', 80],
      ['10.1.2.30', 443],
      ['fd00::1', 80],
      ['', 443],
    ] as const;
    expect(named.filter(([ip, port]) => !list.names(ip, port))).toEqual([]);
    expect(others.filter(([ip, port]) => list.names(ip, port))).toEqual([]);
  });
});
