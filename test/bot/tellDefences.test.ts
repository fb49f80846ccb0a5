import { expect, test } from '@jest/globals';
import pino from 'pino';
import { tellDefences } from '../../src/bot/tellDefences.ts';

/** The levels and words of what is said of defences. */
function said(...defences: Parameters<typeof tellDefences>[0]['defences'][number][]) {
  const lines: unknown[] = [];
  const log = pino(
    { base: null, timestamp: false },
    { write: (line: string) => lines.push(JSON.parse(line)) },
  );
  tellDefences({ defences }, log);
  return lines;
}

const HELD = { name: 'seccomp', held: true, detail: 'no programs' };
const MISSING = { name: 'landlock', held: false, detail: 'none' };

test('what holds is told, and what does not is warned of', () => {
  const held = expect.objectContaining({ level: 30, defences: ['seccomp: no programs'] });
  const missing = expect.objectContaining({ level: 40, missing: ['landlock: none'] });
  expect(said(HELD)).toEqual([held]);
  expect(said(HELD, MISSING)).toEqual([held, missing]);
  expect(said(MISSING)).toEqual([missing]);
});
