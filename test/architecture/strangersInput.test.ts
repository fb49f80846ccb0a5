import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';

const FOLDER = packageFile('src');
const SOURCES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(FOLDER, file), 'utf8') }));

function filesWith(pattern: RegExp): string[] {
  return SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
}

test('YAML is parsed in one place, within limits', () => {
  const parsing =
    /import\s*\{[^}]*\b(?:parse|parseDocument|parseAllDocuments|Parser|Composer)\b[^}]*\}\s*from 'yaml'/;
  // The tokens of a text, which have no depth and no meaning yet, are for the one place alone.
  expect(filesWith(parsing)).toEqual(['dialects/parseDocuments.ts', 'dialects/tokens.ts']);
  expect(filesWith(/from '[^']*\/tokens\.ts'/)).toEqual(['dialects/parseDocuments.ts']);
  // Catalogues of chart repositories, which may have tens of megabytes.
  expect(filesWith(/from 'js-yaml'/)).toEqual(['remote/helmIndex.ts']);
});

test('no call has as many arguments as a list of a stranger has items', () => {
  const spread = /\.(?:push|unshift|max|min|concat|fromCharCode)\((?:[^(){}]*, )?\.\.\./;
  const product = filesWith(spread).filter((file) => !/^(?:emulator|demo)\//.test(file));
  expect(product).toEqual([]);
});

test('a table by names has no more rows than it is given', () => {
  // An object literal also answers to the names that all objects have.
  const literal = /^(?:export )?const [A-Z_]+: (?:Readonly<)?Record<string, [^=]*= \{/m;
  const product = filesWith(literal).filter((file) => !/^(?:emulator|demo)\//.test(file));
  expect(product).toEqual([]);
});

test('what a terminal or a log shows goes through few hands, which make hidden characters visible', () => {
  const writing = /\bconsole\.|(?<!#)\bprocess\.(?:stdout|stderr)\b|\bpino\(/;
  const product = filesWith(writing).filter((file) => !/^(?:emulator|demo)\//.test(file));
  expect(product.toSorted()).toEqual([
    'bot/log.ts',
    // Names of folders of the user's own.
    'cli/cache.ts',
    // Listens for the end of what it is piped to.
    'cli/child.ts',
    'cli/complain.ts',
    'cli/diff.ts',
    // Names of libraries and of defences, all of them our own.
    'cli/engine.ts',
    // Pages and names of our own.
    'cli/explain/explain.ts',
    'cli/init/init.ts',
    'cli/main.ts',
    'cli/policyTest.ts',
    'cli/render.ts',
    // Hands its stream to what it has in common with the status line.
    'cli/supervise.ts',
    'cli/targets.ts',
    'cli/writeOutputs.ts',
    // Keeps what libraries write out of the protocol.
    'isolation/child/serve.ts',
  ]);
  expect(filesWith(/\bconsole\./)).toEqual([]);
});
