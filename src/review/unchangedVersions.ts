import { needsNewVersion } from '../checks/flux/rollsOut.ts';
import { fileField } from '../locate/fileField.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { idOnly } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SingleFinding } from './findings.ts';
import type { BothSides, Sides } from './renderSides.ts';

const RULE = 'flux/chart-version-unchanged';

/**
 * Charts in Git that change under the same version: Flux goes on with the old one. Told on
 * the line of the version.
 */
export async function unchangedVersions(
  { sides, head: { declared } }: Pick<BothSides, 'sides' | 'head'>,
  { base, head }: { readonly base: Snapshot; readonly head: Snapshot },
): Promise<SingleFinding[]> {
  const found = sides.map(async ({ target, base: before, head: after }): Promise<SingleFinding[]> => {
    const release = declared.get(target.id)?.resource;
    const folder = sharedChart(before, after);
    if (release === undefined || !needsNewVersion(release) || folder === null) return [];
    const file = `${folder === '.' ? '' : `${folder}/`}Chart.yaml`;
    const [old, now] = await Promise.all([base, head].map((side) => fileField(side, file, 'version')));
    if (old?.text === undefined || now === null || now === undefined || now.text !== old.text) return [];
    const message = `the chart ${folder} changes, and its version stays ${now.text}: Flux installs it only under a new version (\`reconcileStrategy: ChartVersion\`), so the cluster goes on with the old chart; raise the version, or set \`reconcileStrategy: Revision\``;
    return [
      {
        rule: RULE,
        severity: 'warning',
        message,
        fieldPath: null,
        status: 'new',
        resource: idOnly(release),
        target: target.id,
        location: now.location,
      },
    ];
  });
  return (await Promise.all(found)).flat();
}

/** The folder of a chart whose files differ between two renderings; null where none do. */
function sharedChart(base: Sides['base'], head: Sides['head']): string | null {
  if (base?.status !== 'rendered' || head?.status !== 'rendered') return null;
  const [before, after] = [chartFolder(base), chartFolder(head)];
  if (before === null || before !== after) return null;
  const [old, now] = [base, head].map((rendering) => filesBelow(rendering, before));
  return old === now ? null : before;
}

function chartFolder({ target: { source } }: RenderedTarget): string | null {
  return source.tool === 'helm' && 'path' in source.chart ? source.chart.path : null;
}

function filesBelow({ trace }: RenderedTarget, folder: string): string {
  const below = trace.filter(
    ({ path, state }) => state === 'file' && (folder === '.' || path.startsWith(`${folder}/`)),
  );
  return below
    .map(({ path, oid }) => `${path} ${oid}`)
    .toSorted()
    .join('\n');
}
