import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(packageFile('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The files that a page links to, from the root. */
function linkedBy(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
  return links.map((link) => path.posix.join(path.posix.dirname(page), link));
}

/** The files of the code that a page names in code spans, such as `src/cli/main.ts`. */
function namedBy(text: string): string[] {
  return [...text.matchAll(/`((?:src|test|scripts|schemas)\/[\w./-]+)`/g)].map(([, name = '']) => name);
}

test.each(PAGES)('all files that %s links to or names are there', (page) => {
  const text = readFileSync(packageFile(page), 'utf8');
  const missing = [...linkedBy(page, text), ...namedBy(text)].filter(
    (file) => !existsSync(packageFile(file)),
  );
  expect(missing).toEqual([]);
});

test('links and names are found in the pages', () => {
  const text = readFileSync(packageFile('CONTRIBUTING.md'), 'utf8');
  expect(linkedBy('CONTRIBUTING.md', text)).toContain('src/review/review.ts');
  expect(namedBy(text)).toContain('src/report/formats.ts');
});
