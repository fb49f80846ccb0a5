import { append } from '../model/append.ts';
import { Refusal } from './refusal.ts';
import type { RegistryPlace } from './registryReference.ts';
import type { RegistryRequests } from './registryRequests.ts';

/** A tag that is a version. */
export interface VersionTag {
  readonly tag: string;
  readonly version: string;
}

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_PAGES = 100;

/**
 * The tags of a place that are versions in full, as Helm takes them. A tag cannot have a
 * `+`, and has a `_` in its place.
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags
 */
export async function listVersionTags(
  requests: RegistryRequests,
  place: RegistryPlace,
  signal: AbortSignal,
): Promise<VersionTag[]> {
  const tags: string[] = [];
  let path: string | undefined = 'tags/list?n=1000';
  for (let page = 0; path !== undefined; page++) {
    if (page === MAX_PAGES) throw new Refusal(`${place.shown} has more than ${MAX_PAGES} pages of tags`);
    const answer = await requests.get({ place, path, maxBytes: MAX_BYTES }, signal);
    if (answer === undefined) throw new Refusal(`${place.shown} does not exist`);
    append(tags, tagsIn(answer.bytes));
    path = nextPage(answer.headers.link, place);
  }
  return tags
    .map((tag) => ({ tag, version: tag.replaceAll('_', '+') }))
    .filter(({ version }) => /^\d+\.\d+\.\d+(?:[-+]|$)/.test(version));
}

/** The page after this one, of the same list. */
function nextPage(link: string | string[] | undefined, { origin, name }: RegistryPlace): string | undefined {
  const [, target] = /<([^>]*)>\s*;\s*rel="?next"?/i.exec(String(link ?? '')) ?? [];
  const root = new URL(`v2/${name}/`, origin);
  if (target === undefined || !URL.canParse(target, root.href)) return undefined;
  const { search } = new URL(target, root);
  return `tags/list${search}`;
}

function tagsIn(bytes: Uint8Array): string[] {
  try {
    const answer: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const tags: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'tags') : [];
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  } catch {
    return [];
  }
}
