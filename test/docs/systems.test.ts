import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { catalogueFields, catalogueKinds } from './catalogueFields.ts';

interface Row {
  readonly field: string;
  readonly support: string;
  readonly remark: string;
}

/** A page with the tables of the kinds of one file of the catalogue. */
interface Page {
  readonly page: string;
  readonly catalogue: string;
  /** The field that the rows' fields are below. */
  readonly below: string;
}

const PAGES: readonly Page[] = [
  { page: 'argo-cd.md', catalogue: 'argo-cd', below: '' },
  { page: 'flux.md', catalogue: 'flux', below: 'spec.' },
];

const TABLES = PAGES.flatMap((page) =>
  catalogueKinds(page.catalogue).map((id) => {
    const [group = '', kind = ''] = id.split(' ');
    return { ...page, group, kind };
  }),
);

function sectionOf(page: string, kind: string): string {
  const text = readFileSync(new URL(`../../docs/systems/${page}`, import.meta.url), 'utf8');
  const article = /^[AEIO]/.test(kind) ? 'an' : 'a';
  return text.split(new RegExp(`^##+ Fields of ${article} ${kind}\n`, 'm'))[1]?.split(/^#/m)[0] ?? '';
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

test('all kinds have a table', () => {
  expect(TABLES.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['Application', 'HelmRelease', 'Bucket']),
  );
  expect(TABLES.filter(({ page, kind }) => sectionOf(page, kind) === '')).toEqual([]);
});

describe.each(TABLES)('the table of $kind', ({ page, catalogue, below, group, kind }) => {
  const section = sectionOf(page, kind);
  const rows = rowsOf(section);
  const versions = catalogueFields(catalogue, group, kind).map(({ name, fields }) => ({
    name,
    fields: fields.flatMap((field) => (field.startsWith(below) ? [field.slice(below.length)] : [])),
  }));
  const isIn = (row: Row, fields: readonly string[]) => fields.some((field) => covers(row, field));

  test.each(versions)('has every field of $name', ({ fields }) => {
    const missing = fields.filter((field) => !rows.some((row) => covers(row, field)));
    expect(fields.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  });

  test('has no other', () => {
    const unknown = rows.filter((row) => !versions.some(({ fields }) => isIn(row, fields)));
    expect(unknown).toEqual([]);
  });

  test('has none twice', () => {
    expect(rows.filter((row) => rows.some((other) => other !== row && covers(other, row.field)))).toEqual([]);
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

  test('says one of three things of each, in order', () => {
    const names = rows.map(({ field }) => field);
    expect(names).toEqual(names.toSorted());
    for (const { support } of rows)
      expect(['supported', 'not validated', 'without effect']).toContain(support);
  });
});
