// A review's process that does what the head's file `misbehave` says, once it renders a target. All
// else is the real one.
import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { packageFile } from '../../dist/src/model/packageFile.js';

const built = (name) => import(packageFile(`dist/src/isolation/child/${name}.js`));
const { serve } = await built('serve');
const { reviewMirror } = await built('reviewMirror');

const MISBEHAVIOURS = {
  // As deaf as an endless loop is, but it leaves the cores to the others.
  hang: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  allocate: () => {
    const held = [];
    // At a pace that the test's machine survives.
    for (;;) {
      held.push(Buffer.alloc(2 ** 23, 1));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
};

serve(async (asked, tools) => {
  const name = misbehaviourOf(asked);
  const onStep = (step) => {
    tools.onStep(step);
    if (step.target === undefined || MISBEHAVIOURS[name] === undefined) return;
    writeSync(2, `will ${name}\n`);
    MISBEHAVIOURS[name]();
  };
  const review = await reviewMirror(asked, { ...tools, onStep });
  return name === 'talk' ? { ...review, talk: 'word '.repeat(2 ** 20) } : review;
});

function misbehaviourOf({ gitDir, head }) {
  try {
    return execFileSync('git', ['--git-dir', gitDir, 'show', `${head}:misbehave`], {
      stdio: 'pipe',
      // What is the user's own it may not read.
      env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null' },
    }).toString();
  } catch {
    return 'none';
  }
}
