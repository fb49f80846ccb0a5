import { lt, valid } from 'semver';

/** `registry:5000/app:1.0@sha256:...` as name and the rest, its digest as short as people quote it. */
export function splitImage(image: string): { name: string; version: string } {
  const [, tagged = '', digest] = /^([^@]*)(?:@(.*))?$/s.exec(image) ?? [];
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const name = colon < 0 ? tagged : tagged.slice(0, colon);
  const tag = colon < 0 ? '' : tagged.slice(colon + 1);
  if (digest === undefined) return { name, version: tag === '' ? 'no tag' : tag };
  return { name, version: `${tag}@${digest.replace(/^(\w+:[0-9a-f]{12})[0-9a-f]+$/, '$1…')}` };
}

/** True where an image's tags are both versions as https://semver.org has them, and the new one is the lower. */
export function isDowngrade({
  from,
  to,
}: {
  readonly from: string | null;
  readonly to: string | null;
}): boolean {
  if (from === null || to === null) return false;
  const [before, after] = [splitImage(from), splitImage(to)];
  const versions = [before, after].map(({ version }) => valid(version.replace(/@.*/, '')));
  const [old, next] = versions;
  return before.name === after.name && typeof old === 'string' && typeof next === 'string' && lt(next, old);
}
