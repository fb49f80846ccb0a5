// A program that has a review done that never ends, and says on its output which process does it.
import { packageFile } from '../../dist/src/model/packageFile.js';

const { ReviewProcess } = await import(packageFile('dist/src/isolation/reviewProcess.js'));
const [asked] = process.argv.slice(2).map((text) => JSON.parse(text));
const reviewing = new ReviewProcess({
  limits: { timeoutMs: 600_000, memoryBytes: 2 ** 31, outputBytes: 2 ** 26 },
  folders: { read: [asked.gitDir], write: [asked.dataDir] },
  program: packageFile('test/isolation/misbehaving.mjs'),
});
// The engine is started by now.
await reviewing.request('ready', {});
reviewing.child.stderr.on('data', () => console.log(reviewing.child.pid));
await reviewing.review(asked, { token: async () => 'token' });
