import { gobwasMatcher } from '../../dialects/glob.ts';
import { flagAt, objectsAt, textsAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import { hostOf } from '../operator.ts';
import { argoObjects } from './argoObjects.ts';

const SKIP: readonly string[] = ['metadata', 'annotations', 'argocd.argoproj.io/skip-reconcile'];
const AUTOMATED = Kind.Application('spec', 'syncPolicy', 'automated');

/**
 * Why Argo CD applies no change of an Application by itself; null where it does.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/skip_reconcile/
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
export function whyNotSynced(application: FoundObject, objects: readonly FoundObject[]): string | null {
  const { manifest } = application.resource;
  if (textAt(manifest, SKIP) === 'true') return 'Argo CD skips it (skip-reconcile)';
  const automated = valueAt(manifest, AUTOMATED);
  const isAutomated = isObject(automated) && valueAt(automated, ['enabled']) !== false;
  if (!isAutomated) return 'it is synced by hand (no syncPolicy.automated)';
  const project = textAt(manifest, Kind.Application('spec', 'project')) || 'default';
  const isDenied = argoObjects(objects, 'AppProject')
    .filter((one) => one.resource.name === project && hostOf(one) === hostOf(application))
    .flatMap(({ resource }) => objectsAt(resource.manifest, Kind.AppProject('spec', 'syncWindows')))
    .some((window) => isAlwaysDenied(window) && isFor(window, application));
  return isDenied ? `the project ${project} always denies syncs (syncWindows)` : null;
}

/** A window that opens every minute, or every day for all of it. */
function isAlwaysDenied(window: ManifestObject): boolean {
  if (textAt(window, ['kind']) !== 'deny') return false;
  const schedule = (textAt(window, ['schedule']) ?? '').trim().split(/\s+/).join(' ');
  const hours = Number(/^(\d+)h$/.exec(textAt(window, ['duration']) ?? '')?.[1] ?? 0);
  if (schedule === '* * * * *') return textAt(window, ['duration']) !== undefined;
  return /^\d+ \d+ \* \* \*$/.test(schedule) && hours >= 24;
}

/** By one of its lists, or by all that it has with `andOperator`. */
function isFor(window: ManifestObject, { resource: { name, manifest } }: FoundObject): boolean {
  const destination = (field: 'namespace' | 'server' | 'name') =>
    textAt(manifest, Kind.Application('spec', 'destination', field)) ?? '';
  const lists: [string, string[]][] = [
    ['applications', [name]],
    ['namespaces', [destination('namespace')]],
    ['clusters', [destination('server'), destination('name')]],
  ];
  const matches = lists.flatMap(([field, values]) => {
    const globs = textsAt(window, [field]);
    return globs.length === 0 ? [] : [globs.some((glob) => values.some(gobwasMatcher(glob)))];
  });
  if (matches.length === 0) return false;
  return flagAt(window, ['andOperator']) ? matches.every(Boolean) : matches.some(Boolean);
}
