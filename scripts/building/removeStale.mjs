import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/**
 * Removes from dist/ what no source of src/ stands behind: files of an earlier build whose source
 * went, and folders of a build with other settings. The render engine and what was made of policies and schemas stay.
 * @param bundled files that were made of several sources, as paths from dist/src.
 */
export function removeStale(root, bundled = []) {
  const dist = join(root, 'dist');
  for (const name of filesIn(dist, false)) {
    const stays = ['src', 'policies', 'validators'].includes(name) || name.startsWith('hydrant-engine');
    if (!stays) rmSync(join(dist, name), { recursive: true });
  }
  const sources = new Set(filesIn(join(root, 'src'), true));
  const made = new Set(bundled.flatMap((file) => [file, dirname(file)]));
  for (const file of filesIn(join(dist, 'src'), true)) {
    const isBuilt = made.has(file) || sources.has(file.replace(/\.js(?:\.map)?$/, '.ts'));
    if (!isBuilt) rmSync(join(dist, 'src', file), { recursive: true, force: true });
  }
}

function filesIn(folder, recursive) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive, encoding: 'utf8' }).map((file) => file.replaceAll(sep, '/'));
}
