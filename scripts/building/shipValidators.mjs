import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compiles the schemas that ship with Hydrant into dist/validators/, unless that was done by the same code of
 * the same schemas. Where it fails there are none, and they are compiled when they are first needed.
 */
export async function shipValidators(root) {
  const folder = join(root, 'dist/validators');
  const made = digest(root);
  if (existsSync(join(folder, made))) return;
  const partial = join(root, `dist/validators-${process.pid}`);
  try {
    const { writeValidators } = await import(`${root}dist/src/checks/schemas/ready/writeValidators.js`);
    await writeValidators(partial);
    writeFileSync(join(partial, made), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    rmSync(partial, { recursive: true, force: true });
    console.error(`schemas will be compiled when they are needed: ${error.message}`);
  }
}

/** Of all that they are made of. */
function digest(root) {
  const hash = createHash('sha256');
  for (const folder of ['dist/src/checks/schemas', 'schemas']) {
    const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.js(on)?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
    for (const name of names) hash.update(`${name.slice(root.length)}\n`).update(readFileSync(name));
  }
  hash.update(readFileSync(join(root, 'node_modules/ajv/package.json')));
  return hash.digest('hex');
}
