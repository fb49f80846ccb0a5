// What code of a stranger would try in a review's process.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What each attempt comes to: `done`, or the code of its error. */
export function tryAll({ outside, dataDir, policies, packageFolder, process: other }) {
  const key = path.join(outside, 'key.pem');
  const attempts = {
    "reads another's file": () => fs.readFileSync(key),
    'has a program read it': () => execFileSync('cat', [key], { stdio: 'pipe' }),
    "lists another's folder": () => fs.readdirSync(outside),
    "writes in another's folder": () => fs.writeFileSync(path.join(outside, 'made'), ''),
    "writes among the bot's own": () => fs.writeFileSync(path.join(dataDir, 'made'), ''),
    'changes a mirror': () => fs.writeFileSync(path.join(dataDir, 'mirrors', 'made'), ''),
    "changes Hydrant's program": () =>
      fs.appendFileSync(path.join(packageFolder, 'dist/src/cli/main.js'), ''),
    'changes compiled policies': () => fs.writeFileSync(path.join(policies, 'kept.json'), ''),
    'adds compiled policies': () => fs.writeFileSync(path.join(policies, 'made'), ''),
    "reads the bot's environment": () => fs.readFileSync(`/proc/${other}/environ`),
    'signals to the bot': () => process.kill(other, 0),
    'reads a mirror': () => fs.readFileSync(path.join(dataDir, 'mirrors', 'HEAD')),
    'reads compiled policies': () => fs.readFileSync(path.join(policies, 'kept.json')),
    'keeps what it fetched': () => fs.writeFileSync(path.join(dataDir, 'remotes', 'made'), ''),
  };
  return Object.fromEntries(Object.entries(attempts).map(([name, attempt]) => [name, outcome(attempt)]));
}

function outcome(attempt) {
  try {
    attempt();
    return 'done';
  } catch (error) {
    return error.code ?? String(error.stderr);
  }
}
