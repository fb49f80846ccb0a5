// What a resource costs: schemas against kubeconform, policies against conftest, a process each.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../lib/command.mjs';
import { generateManifests } from '../lib/generateManifests.mjs';
import { conftestCommand, kubeconformCommand, preparePeers } from '../lib/peers.mjs';
import { compare, heading, inTurns } from '../lib/table.mjs';
import { inWorkplace } from '../lib/workplace.mjs';

const judge = fileURLToPath(new URL('../lib/judge.mjs', import.meta.url));

/** @param sizes one number: of resources. */
export async function resources([count = 2000], { rounds }) {
  const peers = preparePeers();
  await inWorkplace(async (workplace) => {
    const file = join(workplace, 'manifests.yaml');
    writeFileSync(file, generateManifests(count));
    const ours = (what) =>
      run({
        program: process.execPath,
        args: [judge, what, file, String(count), minorOf(peers), join(peers.policies, 'policy.rego')],
      });
    const input = readFileSync(file, 'utf8');
    const times = await inTurns(
      {
        schemas: () => ours('schemas'),
        kubeconform: () => run({ ...kubeconformCommand(peers), input }),
        policies: () => ours('policies'),
        conftest: () => run({ ...conftestCommand(peers), input }),
      },
      rounds,
    );
    heading('resources', 'measured', 'Hydrant', 'peer', 'peer / Hydrant', 'goal');
    const against = (what, [one, other], more) =>
      compare([count, what], { ours: times[one], theirs: times[other], ...more });
    against('schemas; kubeconform -strict', ['schemas', 'kubeconform'], { goal: 1 });
    against('processor time of both', ['schemas', 'kubeconform'], { unit: 'processor' });
    against('the same policies; conftest', ['policies', 'conftest'], { goal: 1 });
    against('processor time of both', ['policies', 'conftest'], { unit: 'processor' });
  });
}

/** The Kubernetes whose schemas kubeconform has. */
function minorOf({ version }) {
  return version.split('.').slice(0, 2).join('.');
}
