import { deployment, kustomization, type Situation } from '../parts.ts';

const made = (image: string) => ({
  'apps/a @octocat #1/kustomization.yaml': kustomization(['x.yaml']),
  'apps/a @octocat #1/x.yaml': deployment('web', {
    image,
    container: `          env:\n            - { name: NOTE, value: '</details> @octocat #1 \`\`\`' }\n`,
  }),
});
/** Names that mention people and issues. */
export const situation: Situation = { base: made('app:1'), change: made('app:2') };
