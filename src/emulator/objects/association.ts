import type { Account, Repository, World } from '../world.ts';

/** https://docs.github.com/graphql/reference/enums#commentauthorassociation */
export function authorAssociation(world: World, repository: Repository, account: Account): string {
  if (account === repository.owner) return 'OWNER';
  return world.permissionOf(repository, account.login) === 'none' ? 'NONE' : 'COLLABORATOR';
}
