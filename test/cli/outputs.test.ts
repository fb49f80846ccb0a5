import { expect, test } from '@jest/globals';
import { addFormat, outputsOf } from '../../src/cli/outputs.ts';

test('a format names its file, which may have an equals sign', () => {
  const formats = ['text', 'sarif=a.sarif', 'json=b=c.json'].reduce(
    (before: ReturnType<typeof addFormat> | undefined, text) => addFormat(text, before),
    undefined,
  );
  expect(outputsOf({ format: formats ?? [] })).toEqual([
    { format: 'text' },
    { format: 'sarif', file: 'a.sarif' },
    { format: 'json', file: 'b=c.json' },
  ]);
});

test('--output is the file of the format that has none', () => {
  expect(outputsOf({})).toEqual([{ format: 'text' }]);
  expect(outputsOf({ output: 'a.txt' })).toEqual([{ format: 'text', file: 'a.txt' }]);
  expect(outputsOf({ output: 'a', format: [{ format: 'json' }, { format: 'junit', file: 'b' }] })).toEqual([
    { format: 'json', file: 'a' },
    { format: 'junit', file: 'b' },
  ]);
});

test.each([
  [['text', 'json'], undefined, /two formats would be printed/],
  [['text', 'json'], 'a', /two formats would be written to a/],
  [['text=a', 'json=a'], undefined, /two formats would be written to a/],
  [['text=a'], 'b', /--output b has nothing to hold/],
])('%j with the output %j is no way to write', (names, output, message) => {
  const format = names.flatMap((name) => addFormat(name));
  expect(() => outputsOf({ format, ...(output !== undefined && { output }) })).toThrow(message);
});

test.each(['xml', 'json='])('%s is no format', (text) => {
  expect(() => addFormat(text)).toThrow(/Allowed choices are text, json|names no file/);
});
