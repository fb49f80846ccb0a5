import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { DEFAULT_LIMITS, shownSize } from '../../src/remote/limits.ts';
import { parseSettings } from '../../src/settings/parseSettings.ts';

const text = readFileSync(packageFile('docs/remote-inputs.md'), 'utf8');

test('the settings that docs/remote-inputs.md shows are allowed', () => {
  const examples = Array.from(text.matchAll(/```yaml\n(.*?)```/gs), ([, example = '']) => example);
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const { settings, problems } = parseSettings(example, '.hydrant.yaml');
    expect(problems).toEqual([]);
    expect(settings.remotes.allow.length).toBeGreaterThan(1);
  }
});

test('docs/remote-inputs.md tells the limits', () => {
  const { indexBytes, chartBytes, fileBytes, repositoryBytes, connectMs, totalMs } = DEFAULT_LIMITS;
  const [index, chart, file, commit] = [indexBytes, chartBytes, fileBytes, repositoryBytes].map(shownSize);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    `an index over ${index}, a chart over ${chart}, a file over ${file}, a commit over ${commit}, a connection that takes over ${connectMs / 1000} s, or ${totalMs / 1000} s for all`,
  );
});
