// Takes the README's picture: the demo's pull request with Hydrant's comment, as GitHub shows it.
// Needs a build (npm run build) and Chromium on the PATH, or its path in CHROMIUM.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pullRequestPage } from '../dist/src/demo/page.js';
import { withDemo } from '../dist/src/demo/scenario.js';

const picture = fileURLToPath(new URL('../docs/assets/comment.png', import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), 'hydrant-picture-'));

try {
  const page = path.join(work, 'comment.html');
  writeFileSync(page, await withDemo(async (demo) => pullRequestPage(await demo.openMistakes())));
  execFileSync(process.env.CHROMIUM ?? 'chromium', [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--user-data-dir=${work}/profile`,
    '--hide-scrollbars',
    '--window-size=932,1630',
    `--screenshot=${picture}`,
    `file://${page}`,
  ]);
} finally {
  rmSync(work, { recursive: true, force: true });
}
