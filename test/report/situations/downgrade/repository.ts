import { application, deployment, type Situation } from '../parts.ts';

const made = (web: string, worker: string) =>
  application(
    'web',
    {
      'web.yaml': deployment('web', { image: `registry.example.com/shop/web:${web}` }),
      'worker.yaml': deployment('worker', { image: `registry.example.com/shop/worker:${worker}` }),
    },
    { production: '', staging: '' },
  );
/** One image goes back, the other forth. */
export const situation: Situation = { base: made('v2.4.0', '1.9.1'), change: made('v2.3.9', '1.10.0') };
