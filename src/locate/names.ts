import { textField } from '../dialects/sourceFile.ts';
import type { Origin } from '../model/rendering.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { sourceFile } from './kustomizationFiles.ts';

/**
 * The names that a resource had on its way through the kustomizations, the rendered one
 * first: each prefix and suffix that was put around it is taken off again.
 */
export async function namesOf(snapshot: Snapshot, resource: Resource, origin: Origin): Promise<string[]> {
  const names = [resource.name];
  // Generators append the hash of what they generate.
  let name = origin.path === null ? withoutHash(resource.name) : resource.name;
  if (name !== resource.name) names.push(name);
  for (const { configuredIn, transformer } of origin.transformations.toReversed()) {
    const isPrefix = transformer === 'PrefixTransformer';
    if (!isPrefix && transformer !== 'SuffixTransformer') continue;
    const affix = await textOfField(snapshot, configuredIn, isPrefix ? 'namePrefix' : 'nameSuffix');
    if (affix === undefined) continue;
    if (isPrefix && name.startsWith(affix)) name = name.slice(affix.length);
    else if (!isPrefix && name.endsWith(affix)) name = name.slice(0, -affix.length || undefined);
    else continue;
    names.push(name);
  }
  return names;
}

async function textOfField(snapshot: Snapshot, path: string, name: string): Promise<string | undefined> {
  const file = await sourceFile(snapshot, path);
  const [document] = file?.documents ?? [];
  return document === undefined ? undefined : textField(document.contents, name);
}
