import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { renderComment } from '../../src/report/comment.ts';
import { ruleNames } from '../../src/settings/ruleNames.ts';
import { reviewed } from '../review/reviewed.ts';
import { BASE, HEAD } from './builders.ts';
import type { Situation } from './situations/parts.ts';

const FOLDER = fileURLToPath(new URL('situations', import.meta.url));
const LINKS = {
  repositoryUrl: 'https://github.com/acme/gitops',
  rulePages: { site: 'https://example.com/hydrant', builtIn: ruleNames() },
};

const CASES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

// HYDRANT_WRITE_COMMENTS=true writes them anew; then look at each as GitHub shows it.
const write = process.env['HYDRANT_WRITE_COMMENTS'] === 'true';

test.each(CASES)(
  'the comment on %s is as it was looked at',
  async (name) => {
    const made: { situation: Situation } = await import(`./situations/${name}/repository.ts`);
    const { base, change } = made.situation;
    const comment = renderComment({ ...(await reviewed(base, change)), base: BASE, head: HEAD }, LINKS);
    const golden = path.join(FOLDER, name, 'comment.md');
    if (write) writeFileSync(golden, comment);
    expect(comment).toBe(readFileSync(golden, 'utf8'));
  },
  60_000,
);
