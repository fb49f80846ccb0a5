import { append } from '../model/append.ts';
/** A kustomization or chart, with the folders of those that it takes in. */
export interface Referring {
  readonly folder: string;
  readonly references: readonly string[];
  /** A Component or library chart, which is nothing by itself. */
  readonly isPart: boolean;
}

/**
 * Folders of those that nobody refers to, in their order. Where some refer only to each
 * other, the first of them by name stands for the circle.
 */
export function rootsOf(all: readonly Referring[]): string[] {
  const byFolder = new Map(all.map((one) => [one.folder, one]));
  const referred = new Set(all.flatMap(({ references }) => references));
  const whole = all.filter(({ isPart }) => !isPart).map(({ folder }) => folder);
  const roots = whole.filter((folder) => !referred.has(folder));

  const reached = new Set<string>();
  // Parts that nobody takes in still make what they refer to a base.
  for (const { folder, isPart } of all) {
    if (isPart && !referred.has(folder)) reach(folder, byFolder, reached);
  }
  for (const root of roots) reach(root, byFolder, reached);
  for (const folder of whole.toSorted()) {
    if (reached.has(folder)) continue;
    roots.push(folder);
    reach(folder, byFolder, reached);
  }
  return roots;
}

function reach(start: string, byFolder: ReadonlyMap<string, Referring>, reached: Set<string>): void {
  const waiting = [start];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (reached.has(folder)) continue;
    reached.add(folder);
    append(waiting, byFolder.get(folder)?.references ?? []);
  }
}
