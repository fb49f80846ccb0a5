import { objectsAt, textsAt } from '../../model/fields.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { NamedInput } from '../../model/remoteInputs.ts';

/** The lists of a kustomization whose entries may lead elsewhere. */
const LISTS = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'];

/** What a kustomization has kustomize fetch, as far as its lists of files and charts say so. */
export function kustomizationInputs(content: ManifestObject): NamedInput[] {
  const entries = LISTS.flatMap((list) => textsAt(content, [list])).flatMap(entryInputs);
  const charts = objectsAt(content, ['helmCharts']).flatMap((chart): NamedInput[] => {
    const repository = textAt(chart, ['repo']) ?? '';
    return repository === '' ? [] : [{ kind: 'chart', repository, chart: textAt(chart, ['name']) ?? '' }];
  });
  return [...entries, ...charts];
}

function entryInputs(entry: string): NamedInput[] {
  const file: NamedInput[] = /^https?:\/\//i.test(entry) ? [{ kind: 'file', url: entry }] : [];
  const repository = repositoryIn(entry);
  return repository === undefined ? file : [...file, { kind: 'repository', repository }];
}

/** Hosts on which a repository's name has two parts. */
const FORGE =
  /^((?:https?:\/\/|ssh:\/\/(?:[^/@]*@)?|[^/@]+@)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:][^/]+\/[^/]+)/i;

/**
 * The repository that an entry names, where its end is marked or known. What the renderer makes of
 * other forms is known once a base was rendered.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
 */
function repositoryIn(entry: string): string | undefined {
  const text = entry.replace(/^git::/, '').replace(/\?.*$/s, '');
  if (!/:\/\/|@|^github\.com\//i.test(text)) return undefined;
  const marked = /^(.+?\.git)(?:\/|$)/.exec(text)?.[1] ?? /^([a-z+]+:\/\/.+?|[^/]+@.+?)\/\//i.exec(text)?.[1];
  const found = marked ?? FORGE.exec(text)?.[1];
  return found?.replace(/^github\.com\//i, 'https://github.com/');
}
