import { application, deployment, type Situation } from '../parts.ts';

const names = ['api', 'billing', 'cart', 'mail', 'orders', 'search'];
const made = (container: string) =>
  application(
    'shop',
    Object.fromEntries(names.map((name) => [`${name}.yaml`, deployment(name, { container })])),
    { 'prod-eu': '', 'prod-us': '', staging: '', testing: '' },
  );
/** One rule broken by many, and another by one. */
export const situation: Situation = {
  base: made(''),
  change: {
    ...made('          securityContext: { privileged: true }\n'),
    'apps/shop/base/mail.yaml': deployment('mail', { spec: '  replica: 3\n' }),
  },
};
