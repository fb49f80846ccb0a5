import { expect, test } from '@jest/globals';
import type { Gap } from '../../src/report/figures.ts';
import { linesToPaste } from '../../src/report/linesToPaste.ts';

const gap = (subject: string, reason: string): Gap => ({ subject, reason, concerns: ['schemas'] });

test('a name adds no line of its own', () => {
  const kind = 'example.com/v1 Widget\nremotes:\n  allow: [https://elsewhere.example]';
  const lines = linesToPaste([gap(kind, 'no schema for this kind (1 resource)')])
    .join('\n')
    .split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith('remotes'))).toEqual([]);
});

test('nothing is pasted where no line would help', () => {
  expect(linesToPaste([gap('apps/web', 'a plugin makes a part of it')])).toEqual([]);
});
