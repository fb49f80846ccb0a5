import { groupBy } from '../../model/groupBy.ts';
import type { ImageChange } from '../../model/review.ts';
import { isDowngrade, splitImage } from '../imageName.ts';
import { count } from '../words.ts';
import { code } from './escape.ts';
import { foldedNames } from './links.ts';
import type { Section } from './shorten.ts';

/** Container images that differ, the same change of several targets once. */
export function imagesSection(images: readonly ImageChange[]): Section {
  const groups = groupBy(images, ({ resource, container, from, to }) =>
    JSON.stringify([resource.kind, resource.name, container, from, to]),
  );
  return {
    open: '### Image changes\n',
    head: '| Image | Change | Used by | Targets |\n|---|---|---|---|',
    items: [...groups.values()].map((group) => ({ text: row(group), units: 1 })),
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
    image === null ? '' : code(image),
    `${from === null ? 'new' : code(from)} → ${to === null ? 'removed' : code(to)}${isDowngrade(first) ? ' ⬇️ **downgrade**' : ''}`,
    code(`${resource.kind}/${resource.name}${container === resource.name ? '' : `: ${container}`}`),
    foldedNames(group.map(({ target }) => target)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The name that both images share, and what differs: tag or digest, or all of it. */
function apart({ from, to }: Pick<ImageChange, 'from' | 'to'>) {
  const before = from === null ? null : splitImage(from);
  const after = to === null ? null : splitImage(to);
  const versions = { from: before?.version ?? null, to: after?.version ?? null };
  const same =
    before === null || after === null || (before.name === after.name && versions.from !== versions.to);
  return same ? { image: (after ?? before)?.name ?? '', ...versions } : { image: null, from, to };
}
