// Which of what is built some tests run.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMAND, ENGINE } from './parts.mjs';

/** Files that start a built part. */
const STARTS = [
  { part: ENGINE, starts: (file) => file.endsWith('/src/engine/process.ts') },
  { part: COMMAND, starts: (_, text) => text.includes('bin/hydrant.js') },
  // The process of a review runs what is built.
  { part: COMMAND, starts: (file) => file.endsWith('/src/isolation/reviewProcess.ts') },
];
/** Imports that are left when types are gone. */
const IMPORTS = /^(?:import|export)\s(?!type\b)[^'"]*?['"](\.[^'"]+)['"]|import\(['"](\.[^'"]+)['"]\)/gm;

/**
 * The parts that the tests of these files use: what they import says it, directly or through others.
 * The command uses the engine, too.
 * @param files paths from the root, or null for all tests.
 */
export function partsUsed(root, files) {
  if (files === null) return [ENGINE, COMMAND];
  const reached = reach(files.map((file) => join(root, file)));
  const used = STARTS.filter(({ starts }) => [...reached].some(([file, text]) => starts(file, text)));
  const parts = used.map(({ part }) => part);
  return parts.includes(COMMAND) ? [ENGINE, COMMAND] : parts;
}

/** The text of these files and of all that they import. */
function reach(files) {
  const reached = new Map();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file) || !existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    reached.set(file, text);
    for (const [, stated, called] of text.matchAll(IMPORTS)) open.push(join(dirname(file), stated ?? called));
  }
  return reached;
}
