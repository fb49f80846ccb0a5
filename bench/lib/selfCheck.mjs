// A comparison with tools that look at nothing would flatter them: before anything is
// measured, the recipe must refuse what it is there to refuse.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { recipeCommand } from './peers.mjs';

const DEPLOYMENT = 'apps/myapp/base/deployment.yaml';

/** What is broken in the base, and what the recipe has to say about it. */
const MISTAKES = [
  { from: /^ {2}selector:.*\n/m, to: '', says: "missing property 'selector'" },
  { from: /^spec:\n/m, to: 'spec:\n  minReadySeconds: three\n', says: 'got string, want integer' },
  { from: /^spec:\n/m, to: 'spec:\n  replica: 3\n', says: "additional properties 'replica'" },
  { from: /\/sidecar:\S+/, to: '/sidecar:latest', says: 'sidecar uses latest' },
];

/** @throws {Error} where the recipe accepts a mistake, or refuses a checkout without one. */
export function assertThatTheRecipeJudges({ overlays }, checkedOut, peers) {
  const first = { overlays: overlays.slice(0, 1) };
  const file = join(checkedOut, DEPLOYMENT);
  const right = readFileSync(file, 'utf8');
  const command = recipeCommand(first, checkedOut, { peers, jobs: 1 });
  run(command);
  for (const { from, to, says } of MISTAKES) {
    const wrong = right.replace(from, to);
    if (wrong === right) throw new Error(`the generated deployment has no ${from}`);
    writeFileSync(file, wrong);
    const answer = answerTo(command);
    if (!answer.includes(says)) throw new Error(`the recipe does not say ${says}, but: ${answer}`);
  }
  writeFileSync(file, right);
}

function answerTo(command) {
  try {
    run(command);
    return 'nothing';
  } catch (error) {
    return error.message;
  }
}
