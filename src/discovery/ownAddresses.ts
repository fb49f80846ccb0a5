import type { Discovery } from '../model/discovery.ts';
import type { Settings } from '../model/settings.ts';
import type { RepositoryIdentity } from '../targets/followContext.ts';
import { normalizeGitUrl } from '../targets/sameRepository.ts';

/**
 * Host and path of the addresses of the repository under review. Where neither Git nor the
 * settings know one, those that rendered targets have their files from.
 */
export function ownAddresses(context: {
  readonly repository: RepositoryIdentity;
  readonly settings: Pick<Settings, 'repository'>;
  readonly discovered: Discovery;
}): string[] {
  const told = [...context.repository.urls, ...context.settings.repository.urls];
  const urls = told.length > 0 ? told : followed(context.discovered);
  return [...new Set(urls.map(normalizeGitUrl))].filter((address) => address !== null).toSorted();
}

function followed({ renderings, declared }: Discovery): readonly string[] {
  return renderings
    .filter(({ status }) => status === 'rendered')
    .flatMap(({ target }) => declared.get(target.id)?.addresses ?? []);
}
