import type { Kustomization } from './readKustomizations.ts';

/**
 * Folders of the kustomizations that nobody refers to. Where some refer only to each
 * other, the first of them by name stands for the circle.
 */
export function rootsOf(kustomizations: readonly Kustomization[]): string[] {
  const byFolder = new Map(kustomizations.map((kustomization) => [kustomization.folder, kustomization]));
  const referred = new Set(kustomizations.flatMap((kustomization) => kustomization.references));
  const overlays = kustomizations.filter(({ component }) => !component).map(({ folder }) => folder);
  const roots = overlays.filter((folder) => !referred.has(folder));

  const reached = new Set<string>();
  // Components that nobody includes still make what they refer to a base.
  for (const { folder, component } of kustomizations) {
    if (component && !referred.has(folder)) reach(folder, byFolder, reached);
  }
  for (const root of roots) reach(root, byFolder, reached);
  for (const folder of overlays.toSorted()) {
    if (reached.has(folder)) continue;
    roots.push(folder);
    reach(folder, byFolder, reached);
  }
  return roots;
}

function reach(start: string, byFolder: ReadonlyMap<string, Kustomization>, reached: Set<string>): void {
  const waiting = [start];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (reached.has(folder)) continue;
    reached.add(folder);
    waiting.push(...(byFolder.get(folder)?.references ?? []));
  }
}
