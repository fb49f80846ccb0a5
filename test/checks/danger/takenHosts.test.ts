import { expect, test } from '@jest/globals';
import { takenHosts } from '../../../src/checks/danger/findDangers.ts';
import type { Target } from '../../../src/model/target.ts';
import { rendered } from '../../helpers/targets.ts';
import { resourceOf } from '../schemas/manifests.ts';
import { shown } from './changes.ts';

interface Served {
  readonly host?: string;
  readonly path?: string;
  readonly className?: string;
  readonly name?: string;
}

function ingress({ host = 'a.example.com', path = '/', className = 'nginx', name = 'web' }: Served = {}) {
  return resourceOf(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: web }
spec:
  ingressClassName: ${className}
  rules: [{ host: ${host}, http: { paths: [{ path: ${path} }] } }]
`);
}

const shop = (served?: Served, fields: Partial<Target> = {}) =>
  rendered({ id: 'shop', ...fields }, [ingress(served)]);
const blog = (served: Served = {}, fields: Partial<Target> = {}) =>
  rendered({ id: 'blog', ...fields }, [ingress({ name: 'blog', ...served })]);
const taken = (...compared: Parameters<typeof takenHosts>) => takenHosts(...compared).map(shown);

const TAKES = 'host-taken spec.rules[0].host: Ingress web/blog takes a.example.com/';

test('an Ingress takes a host that another application served, and still serves or not', () => {
  expect(taken([shop()], [shop(), blog()])).toEqual([
    `${TAKES}: Ingress web/web of shop serves it as well, and the ingress controller decides which of them gets the requests`,
  ]);
  expect(taken([shop()], [blog()])).toEqual([
    `${TAKES}: its requests go no longer to Ingress web/web of shop`,
  ]);
  expect(taken([shop()], [blog({ host: 'A.Example.com' })])).toHaveLength(1);
});

test.each([
  ['it is another host', blog({ host: 'b.example.com' })],
  ['it is another path', blog({ path: '/blog' })],
  ['it is another class', blog({ className: 'traefik' })],
  ['it is another cluster', blog({}, { cluster: 'other' })],
  ['no operator’s object applies it', blog({}, { kind: 'kustomize' })],
  ['the same Ingress changes hands', rendered({ id: 'blog' }, [ingress()])],
])('nothing is taken where %s', (_, head) => {
  expect(taken([shop()], [head])).toEqual([]);
});

test('nothing is taken where the application served it before, or nobody did', () => {
  expect(taken([shop(), blog()], [shop(), blog()])).toEqual([]);
  expect(taken([], [shop(), blog()])).toEqual([]);
});
