import { type Situation, TWO_CLUSTERS } from '../parts.ts';

const made = (version: string) => ({
  'clusters/eu-1/redis.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: charts, namespace: cache }
spec: { interval: 1h, url: 'https://charts.acme.example/stable' }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: redis, namespace: cache }
spec:
  interval: 10m
  chart:
    spec:
      chart: redis
      version: ${version}
      sourceRef: { kind: HelmRepository, name: charts }
`,
  '.hydrant.yaml': `remotes: { mode: listed }\n${TWO_CLUSTERS}`,
});
/** A chart that may not be fetched. */
export const situation: Situation = { base: made('18.0.0'), change: made('19.0.0') };
