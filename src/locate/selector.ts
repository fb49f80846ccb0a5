import { RE2JS } from 're2js';
import type { Node } from 'yaml';
import { textField } from '../dialects/sourceFile.ts';
import type { ResourceId } from '../model/resource.ts';
import type { Wanted } from './wanted.ts';

/**
 * True where a selector of a kustomization may mean the wanted resource. Its fields are
 * regular expressions for the whole text; labels and annotations are left to whoever
 * compares values.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/types/selector.go
 */
export function selects(
  selector: Node | undefined,
  wanted: Pick<Wanted, 'names' | 'namespaceWasSet'> & { readonly resource: ResourceId },
): boolean {
  const { resource, names, namespaceWasSet } = wanted;
  const accepts = (name: string, values: readonly string[]) => {
    const pattern = textField(selector, name);
    return pattern === undefined || pattern === '' || values.some((value) => matches(pattern, value));
  };
  return (
    accepts('group', [resource.group]) &&
    accepts('version', [resource.version]) &&
    accepts('kind', [resource.kind]) &&
    accepts('name', names) &&
    (namespaceWasSet || accepts('namespace', [resource.namespace ?? 'default']))
  );
}

function matches(pattern: string, value: string): boolean {
  if (pattern === value) return true;
  try {
    // RE2, as kustomize's, and no pattern can keep it busy.
    return RE2JS.compile(`^(?:${pattern})$`).matcher(value).find();
  } catch {
    return false;
  }
}
