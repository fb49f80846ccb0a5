import type { ImageChange } from '../../model/review.ts';
import { count, groupBy } from '../words.ts';
import { code } from './escape.ts';
import { targetNames } from './links.ts';
import type { Section } from './shorten.ts';

/** Container images that differ, the same change of several targets once. */
export function imagesSection(images: readonly ImageChange[]): Section {
  const groups = groupBy(images, ({ resource, container, from, to }) =>
    JSON.stringify([resource.kind, resource.name, container, from, to]),
  );
  return {
    open: '### Image changes\n',
    head: '| Container | Image | From | To | Targets |\n|---|---|---|---|---|',
    items: groups.map((group) => ({ text: row(group), units: 1 })),
    close: '',
    omitted: (units) => `**${count(units, 'more image change')}** not shown.\n`,
    share: 0.1,
  };
}

function row(group: readonly ImageChange[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const { resource, container } = first;
  const { image, from, to } = apart(first);
  const cells = [
    code(`${resource.kind} ${resource.name}: ${container}`),
    image === null ? '' : code(image),
    from === null ? '*none*' : code(from),
    to === null ? '*none*' : code(to),
    targetNames(group.map(({ target }) => target)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The name that both images share, and what differs: tag or digest, or all of it. */
function apart({ from, to }: Pick<ImageChange, 'from' | 'to'>) {
  const before = from === null ? null : split(from);
  const after = to === null ? null : split(to);
  const image = (after ?? before)?.name ?? '';
  if (before !== null && after !== null && before.name !== after.name) return { image: null, from, to };
  return { image, from: before?.version ?? null, to: after?.version ?? null };
}

/** `registry:5000/app:1.0@sha256:...` as name and the rest. */
function split(image: string): { name: string; version: string } {
  const { name = image, version } = /^(?<name>[^@]*?)(?::(?<version>[^/]*))?$/.exec(image)?.groups ?? {};
  if (version !== undefined) return { name, version };
  const at = image.indexOf('@');
  const tagged = at < 0 ? null : split(image.slice(0, at));
  if (tagged === null) return { name: image, version: 'no tag' };
  const tag = tagged.version === 'no tag' ? '' : tagged.version;
  return { name: tagged.name, version: `${tag}${image.slice(at)}` };
}
