import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fieldsOfType } from './fieldsOfType.ts';

const PAGES = ['argo-cd.md', 'flux.md']
  .map((name) => readFileSync(new URL(`../../docs/systems/${name}`, import.meta.url), 'utf8'))
  .join('\n');
const MODELS = new URL('../../node_modules/@kubernetes-models/', import.meta.url);

interface Row {
  readonly field: string;
  readonly support: string;
  readonly remark: string;
}

function sectionOf(title: string): string {
  return PAGES.split(`## Fields of ${title}\n`)[1]?.split(/^#/m)[0] ?? '';
}

function rowsOf(section: string): Row[] {
  const rows = section.matchAll(/^\| `(?<field>[^`]+)` \| (?<support>[^|]+) \|(?<remark>[^|]*)\|$/gm);
  return [...rows].map(({ groups }) => ({
    field: groups?.['field'] ?? '',
    support: groups?.['support'] ?? '',
    remark: groups?.['remark'] ?? '',
  }));
}

/** A row covers its field, and those below. */
function covers({ field }: Row, wanted: string): boolean {
  return wanted === field || ['.', '[]'].some((below) => wanted.startsWith(`${field}${below}`));
}

/** The versions of an API that the types know, the stable one first. */
function versionsOf(group: string): string[] {
  const folders = readdirSync(new URL(`${group}/`, MODELS), { withFileTypes: true });
  return folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted((a, b) => Number(a.includes('beta')) - Number(b.includes('beta')) || (a < b ? 1 : -1));
}

describe.each([
  ['an Application', 'argo-cd/argoproj.io', 'Application'],
  ['an ApplicationSet', 'argo-cd/argoproj.io', 'ApplicationSet'],
  ['an AppProject', 'argo-cd/argoproj.io', 'AppProject'],
  ['a Kustomization', 'flux-cd/kustomize.toolkit.fluxcd.io', 'KustomizationSpec'],
  ['a HelmRelease', 'flux-cd/helm.toolkit.fluxcd.io', 'HelmReleaseSpec'],
])('the table of %s', (title, group, type) => {
  const section = sectionOf(title);
  const rows = rowsOf(section);
  const versions = versionsOf(group).map((name) => ({
    name,
    fields: fieldsOfType(`${group}/${name}/${type}`),
  }));
  const isIn = (row: Row, fields: readonly string[]) => fields.some((field) => covers(row, field));

  test.each(versions)('has every field of $name', ({ fields }) => {
    // A field that is only opened further, right behind it, has rows for what is below it.
    const leaves = fields.filter((field, index) => fields[index + 1]?.startsWith(`${field}.`) !== true);
    const missing = leaves.filter((field) => !rows.some((row) => covers(row, field)));
    expect(fields.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });

  test('has no other, but those that are newer than the types', () => {
    const unknown = rows.filter((row) => !versions.some(({ fields }) => isIn(row, fields)));
    const newer = rows.filter(({ remark }) => remark.includes('newer than the types'));
    expect(unknown).toEqual(newer);
  });

  test('says of what is not in the stable version in which it is', () => {
    const [stable, ...older] = versions;
    const names = (row: Row) => older.filter(({ fields }) => isIn(row, fields)).map(({ name }) => name);
    const old = rows.filter((row) => !isIn(row, stable?.fields ?? []));
    for (const row of old)
      expect({ ...row, in: row.remark.match(/v\d\w+/g) ?? [] }).toEqual({ ...row, in: names(row) });
  });

  test('names the versions of the API', () => {
    for (const { name } of versions) expect(section).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test('says one of three things of each, once, in order', () => {
    const names = rows.map(({ field }) => field);
    expect(names).toEqual([...new Set(names)].toSorted());
    for (const { support } of rows)
      expect(['supported', 'not validated', 'without effect']).toContain(support);
  });
});
