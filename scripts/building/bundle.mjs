import { join, relative, sep } from 'node:path';

/** What Node starts by itself: the command, its child, a review's process, and two threads. */
const PROGRAMS = [
  'cli/main',
  'cli/child',
  'isolation/child/main',
  'isolation/child/lifeline',
  'checks/policies/worker/worker',
];

/** Loaded from node_modules/: two start threads of files beside their own, and one is machine code. */
const LEFT_OUT = ['probot', 'pino', 'lmdb'];

/** CommonJS packages call it for what is Node's own, and a module of JavaScript has none. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

/**
 * Puts what each program loads into a few files, because Node needs longer to find a thousand modules than to
 * review a small change. The compiler's files stay beside them, for whoever wants one module.
 * @returns the further files that were made, as paths from dist/src; null where that failed, which has been said.
 */
export async function bundle(root) {
  const esbuild = await import('esbuild').catch(() => null);
  if (esbuild === null) {
    console.error('esbuild is not installed (npm ci installs it): the command is built, and starts slowly');
    return [];
  }
  const built = await esbuild
    .build({
      absWorkingDir: root,
      entryPoints: PROGRAMS.map((program) => `src/${program}.ts`),
      outbase: 'src',
      outdir: 'dist/src',
      chunkNames: 'chunks/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: LEFT_OUT,
      banner: { js: REQUIRE },
      sourcemap: true,
      sourcesContent: false,
      metafile: true,
      logLevel: 'warning',
    })
    .catch(() => null);
  if (built === null) return null;
  const files = Object.keys(built.metafile.outputs);
  return files.map((file) => relative(join(root, 'dist/src'), join(root, file)).replaceAll(sep, '/'));
}
