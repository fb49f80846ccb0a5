import { application, deployment, type Situation, service } from '../parts.ts';

const tenants = Array.from({ length: 40 }, (_, index) => `tenant-${String(index + 1).padStart(2, '0')}`);
const overlays = Object.fromEntries(
  tenants.map((name) => [
    name,
    `namespace: ${name}\nnamePrefix: ${name}-\nconfigMapGenerator:\n  - name: settings\n    literals: [owner=${name}]\n`,
  ]),
);
const made = (replicas: number) =>
  application(
    'web',
    { 'deployment.yaml': deployment('web', { replicas }), 'service.yaml': service('web') },
    overlays,
  );
/** The same change in forty overlays with their own namespaces and prefixes. */
export const situation: Situation = { base: made(2), change: made(3) };
