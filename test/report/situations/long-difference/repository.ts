import { application, deployment, type Situation } from '../parts.ts';

const panels = (colour: string) =>
  Array.from(
    { length: 40 },
    (_, index) => `      { "id": ${index}, "title": "Panel ${index}", "colour": "${colour}" }`,
  );
const made = (colour: string) =>
  application(
    'dashboards',
    {
      'dashboard.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dashboard }\ndata:\n  panels.json: |\n    [\n${panels(colour).join(',\n')}\n    ]\n`,
      'deployment.yaml': deployment('grafana'),
    },
    { production: '', staging: '' },
  );
/** A long text in a ConfigMap. */
export const situation: Situation = {
  base: made('red'),
  change: { ...made('blue'), 'apps/dashboards/base/deployment.yaml': deployment('grafana', { replicas: 1 }) },
};
