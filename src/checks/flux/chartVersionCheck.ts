import { fileField } from '../../locate/fileField.ts';
import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { SubjectViolation } from '../../model/judgement.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import type { Check } from '../check.ts';
import type { World } from '../world.ts';

const RULE = 'flux/chart-version-unchanged';

/**
 * Charts in Git that change under the same version: Flux goes on with the old one. Told on
 * the line of the version. It compares two commits, so that it is always new.
 */
export const chartVersionCheck: Check = {
  concern: 'policies',
  judge: async (compared, world) => {
    const after = await Promise.all(compared.map((one) => judgeTarget(one, world)));
    return { before: [], after: after.flat(), gaps: [], undecided: [] };
  },
};

async function judgeTarget(
  { target, base: before, head: after }: ComparedTarget,
  { base, head }: World,
): Promise<SubjectViolation[]> {
  const record = head.discovery.declared.get(target.id);
  const folder = sharedChart(before, after);
  if (!record?.needsNewVersion || folder === null) return [];
  const file = `${folder === '.' ? '' : `${folder}/`}Chart.yaml`;
  const [old, now] = await Promise.all(
    [base, head].map((commit) => fileField(commit.snapshot, file, 'version')),
  );
  if (old?.text === undefined || now === null || now === undefined || now.text !== old.text) return [];
  const about = { chart: folder, version: now.text };
  return [
    {
      subject: { is: 'resource', target, resource: record.object.resource },
      violation: { rule: RULE, severity: 'warning', message: sentence(about), about, fieldPath: null },
      location: now.location,
    },
  ];
}

function sentence({ chart, version }: { chart: string; version: string }): string {
  return `the chart ${chart} changes, and its version stays ${version}: Flux installs it only under a new version (\`reconcileStrategy: ChartVersion\`), so the cluster goes on with the old chart; raise the version, or set \`reconcileStrategy: Revision\``;
}

/** The folder of a chart whose files differ between two renderings; null where none do. */
function sharedChart(base: ComparedTarget['base'], head: ComparedTarget['head']): string | null {
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
