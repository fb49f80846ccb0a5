// A review's process that reaches for what is not its own, in place of a review.
import { packageFile } from '../../dist/src/model/packageFile.js';
import { tryAll } from './attempts.mjs';

const { defaultCacheDir } = await import(packageFile('dist/src/checks/policies/compileCache.js'));
const { serve } = await import(packageFile('dist/src/isolation/child/serve.js'));
serve(async ({ dataDir, gitDir: outside }) =>
  tryAll({
    outside,
    dataDir,
    policies: defaultCacheDir(),
    packageFolder: packageFile('.'),
    process: process.ppid,
  }),
);
