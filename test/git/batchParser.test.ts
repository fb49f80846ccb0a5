import { describe, expect, test } from '@jest/globals';
import { BatchParser } from '../../src/git/batchParser.ts';
import { GitError } from '../../src/git/error.ts';
import { fc } from '../helpers/properties.ts';

const OID = 'a'.repeat(40);

function parse(chunks: readonly Buffer[]) {
  const answers: unknown[] = [];
  const parser = new BatchParser((answer) => answers.push(answer));
  for (const chunk of chunks) parser.push(chunk);
  return answers;
}

describe('BatchParser', () => {
  test('gives the same answers however the output is cut', () => {
    const answer = fc.option(fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(answer), fc.array(fc.nat({ max: 30 })), (contents, cuts) => {
        const output = Buffer.concat(
          contents.flatMap((content) =>
            content === null
              ? [Buffer.from(`${OID} missing\n`)]
              : [Buffer.from(`${OID} blob ${content.length}\n`), content, Buffer.from('\n')],
          ),
        );
        const chunks: Buffer[] = [];
        let start = 0;
        for (const cut of cuts) {
          chunks.push(output.subarray(start, start + cut));
          start += cut;
        }
        const answers = parse([...chunks, output.subarray(start)]);
        expect(answers.map((given) => (given instanceof GitError ? given.code : given))).toEqual(
          contents.map((content) =>
            content === null ? 'object-missing' : { oid: OID, type: 'blob', content: Buffer.from(content) },
          ),
        );
      }),
    );
  });

  test('a file beyond the limit is told, not kept, and the next answer is right', () => {
    const size = 101 * 1024 * 1024;
    const part = Buffer.alloc(1024 * 1024);
    const chunks = [Buffer.from(`${OID} blob ${size}\n`), ...Array.from({ length: 101 }, () => part)];
    const [first, second] = parse([...chunks, Buffer.from(`\n${OID} blob 1\nx\n`)]);
    expect(first).toMatchObject({
      code: 'object-too-large',
      message: `The Git object ${OID} has ${size} bytes; Hydrant reads at most 104857600.`,
    });
    expect(second).toEqual({ oid: OID, type: 'blob', content: Buffer.from('x') });
  });

  test.each(['nonsense\n', `${OID} blob\n`, `${OID} blob -1\n`, `${OID} blob x\n`, 'x'.repeat(2000)])(
    'output of another form is refused: %j',
    (output) => {
      expect(() => parse([Buffer.from(output)])).toThrow(
        /^git cat-file gave an (unknown answer|answer without an end)/,
      );
    },
  );
});
