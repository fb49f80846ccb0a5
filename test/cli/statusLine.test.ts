import { expect, test } from '@jest/globals';
import { StatusLine } from '../../src/cli/statusLine.ts';

/** A terminal that remembers what was written, and a clock that is set by hand. */
function terminal({ isTTY = true, columns = 57 } = {}) {
  let [said, now] = ['', 0];
  const stream = {
    isTTY,
    columns,
    write: (text: string | Uint8Array) => {
      said += String(text);
      return true;
    },
  };
  const line = new StatusLine(stream, () => now);
  return {
    line,
    stream,
    wait: (ms: number) => {
      now += ms;
    },
    said: () => said.replaceAll('\r\u001b[2K', '<clear>'),
  };
}

test('says after a second what is done, at most ten times a second, and leaves nothing behind', () => {
  const { line, wait, said } = terminal();
  line.show({ stage: 'finding and rendering targets' });
  wait(1000);
  line.show({ done: 12, of: 40 });
  wait(50);
  line.show({ done: 13, of: 40 });
  wait(50);
  line.show({ target: 'apps/web' });
  line.clear();
  line.clear();
  const words = 'finding and rendering targets';
  expect(said()).toBe(`<clear>${words}: 12 of 40 rendered<clear>${words}: 13 of 40 rendered (apps/…<clear>`);
});

test('what is written takes its place', () => {
  const { line, stream, wait, said } = terminal();
  wait(1000);
  line.stayBelow(stream as NodeJS.WriteStream);
  line.show({ stage: 'comparing resources' });
  stream.write('fetching from https://charts.example.com\n');
  stream.write('done\n');
  expect(said()).toBe('<clear>comparing resources<clear>fetching from https://charts.example.com\ndone\n');
});

test('a name steers no terminal', () => {
  const { line, wait, said } = terminal();
  wait(1000);
  line.show({ stage: 'comparing resources', target: 'a\u001b[2J\nb' });
  expect(['\u001b[2J', '\n'].some((it) => said().includes(it))).toBe(false);
});

test('says nothing where nobody sees it', () => {
  const { line, wait, said } = terminal({ isTTY: false });
  wait(5000);
  line.show({ stage: 'comparing resources' });
  line.clear();
  expect(said()).toBe('');
});
