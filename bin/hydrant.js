#!/usr/bin/env node
// The command's entry. It exists in the repository, built or not, so that a
// clone that was never built says how to build it instead of a stack trace.
import { existsSync } from 'node:fs';

const main = new URL('../dist/src/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('hydrant: not built yet. Run: npm run build');
  process.exitCode = 2;
}
