import type { DefinitionFile } from '../model/discovery.ts';
import type { ResourceName } from '../model/resource.ts';
import type { Trace } from '../model/trace.ts';

/**
 * Whether a CustomResourceDefinition of a release stands in `crds/` of its chart rather than in
 * its templates; null where the chart's files were not read of the commit, as of a packed one.
 * @param trace what the release's rendering has read.
 */
export function isOfCrdsFolder(
  { name }: Pick<ResourceName, 'name'>,
  trace: Trace,
  definitions: readonly DefinitionFile[],
): boolean | null {
  const read = new Set(trace.filter(({ state }) => state === 'file').map(({ path }) => path));
  if (![...read].some((path) => /(?:^|\/)Chart\.yaml$/.test(path))) return null;
  return definitions.some(({ path, text, ofChart }) => ofChart && read.has(path) && text.includes(name));
}
