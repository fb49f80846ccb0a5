import { application, deployment, type Situation } from '../parts.ts';

const files = (spec: string) =>
  application(
    'web',
    { 'deployment.yaml': deployment('web', { spec }) },
    { development: '', production: '', staging: '', testing: '' },
  );
/** A misspelt field in a base with four overlays. */
export const situation: Situation = { base: files(''), change: files('  revisionHistoryLimits: 3\n') };
