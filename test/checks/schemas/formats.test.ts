import { expect, test } from '@jest/globals';
import { FORMATS } from '../../../src/checks/schemas/formats.ts';

/** Values that the API server's own functions take and refuse (kube-openapi/pkg/validation/strfmt). */
const CASES: Record<string, { readonly right: string[]; readonly wrong: string[] }> = {
  uri: {
    right: ['https://example.com/a?b=c', '/path', 'mailto:a@b.c', '*'],
    wrong: ['', 'example.com', 'http://a b', 'a/b', 'https://x/%zz'],
  },
  email: { right: ['a@b.c', 'A B <a@b.c>', '"a b"@c'], wrong: ['', 'a', 'a@', '@b', 'a b@c'] },
  hostname: { right: ['example.com', 'a', 'xn--a.io'], wrong: ['', '-a.com', 'a_b.com', 'a.com/'] },
  cidr: {
    right: ['10.0.0.0/8', '010.0.0.0/8', '::/0', 'fe80::/64'],
    wrong: ['', '10.0.0.0', '10.0.0.0/33', '10.0.0/8', '::/129', '300.0.0.0/8'],
  },
  mac: {
    right: ['00:00:5e:00:53:01', '00-00-5E-00-53-01', '0000.5e00.5301', '02:00:5e:10:00:00:00:01'],
    wrong: ['', '00:00:5e:00:53', '00:00-5e:00:53:01', '00:00:5e:00:53:01:02'],
  },
  duration: {
    right: ['90s', '1h30m', '1.5h', '-1m', '0', '22 ns', '3 days', '2 weeks'],
    wrong: ['', 'soon', '5', '1x'],
  },
  uuid4: {
    right: ['25769c03-6a5b-4a1b-8f5e-1c2f7a3b9d10'],
    wrong: ['', '25769c03-6a5b-3a1b-8f5e-1c2f7a3b9d10'],
  },
  hexcolor: { right: ['#fff', 'A0B1C2'], wrong: ['', '#ff', 'red'] },
  k8sshortname: { right: ['a', 'a-1'], wrong: ['', 'A', '-a', 'a.b', 'a'.repeat(64)] },
  k8slongname: { right: ['a.b', 'a'.repeat(64)], wrong: ['', 'a..b', 'A.b'] },
  ipv4: { right: ['1.2.3.4', '::ffff:1.2.3.4'], wrong: ['', '1.2.3', '::1'] },
};

test.each(Object.entries(CASES))(
  'the format %s takes what the API server takes',
  (name, { right, wrong }) => {
    const accepts = (value: unknown) => FORMATS.get(name)?.accepts(value);
    expect(right.filter((value) => accepts(value) !== true)).toEqual([]);
    expect(wrong.filter((value) => accepts(value) !== false)).toEqual([]);
    expect(accepts(5)).toBe(true);
  },
);
