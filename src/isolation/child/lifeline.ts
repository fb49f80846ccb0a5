// Ends this process and its group when the process that started it is gone. It is a thread of its
// own, because what the main thread does may never pause.
import { Socket } from 'node:net';
import { LIFELINE } from '../messages.ts';

const lifeline = new Socket({ fd: LIFELINE, readable: true, writable: false });
lifeline.on('error', end).on('close', end).resume();

function end(): void {
  try {
    // It leads the group of all that it started.
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}
