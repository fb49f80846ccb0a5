// Programs that a run of tests starts.
import { spawn } from 'node:child_process';

/** Runs a program to its end and keeps what it prints, of which the streams in `show` are shown at once. */
export function run(program, args, { cwd, show, env = {} }) {
  return new Promise((resolve) => {
    const printed = { stdout: '', stderr: '' };
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
    });
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        printed[stream] += text;
        if (show.includes(stream)) process[stream].write(text);
      });
    }
    child.once('error', ({ message }) => {
      console.error(message);
      resolve({ ...printed, code: null });
    });
    child.once('close', (code) => resolve({ ...printed, code }));
  });
}
