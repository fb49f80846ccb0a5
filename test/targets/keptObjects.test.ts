import { describe, expect, test } from '@jest/globals';
import { documentPlaces, NOT_YAML, yamlValues } from '../../src/dialects/yamlValues.ts';
import { memoryFacts } from '../../src/model/facts.ts';
import { Redactor } from '../../src/model/redacted.ts';
import { redactManifest } from '../../src/model/redactManifest.ts';
import { toResources } from '../../src/model/resource.ts';
import { type FileInParts, KeptObjects, type ReadDocument } from '../../src/targets/keptObjects.ts';
import { fc } from '../helpers/properties.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: violet-lamp-31}\n';
const CREDENTIAL = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\ndata: {word: amber-door-77}\n';

/** A text as it is read, and how often a part of it was read again. */
function fileOf(text: string, redactor = new Redactor()) {
  const read = (part: string): ReadDocument[] =>
    yamlValues(part, '1.1').map((value) =>
      value === NOT_YAML
        ? value
        : toResources([redactManifest(value, redactor)]).map(({ manifest }) => manifest),
    );
  const again: string[] = [];
  const file: FileInParts = {
    oid: 'a1',
    places: () => documentPlaces(text, '1.1'),
    readAt: ([from, to]) => {
      again.push(text.slice(from, to));
      return read(text.slice(from, to))[0] ?? null;
    },
  };
  return { file, documents: read(text), again };
}

const opened = (facts = memoryFacts()) => ({
  facts,
  objects: new KeptObjects(facts, async ({ manifest }) => !JSON.stringify(manifest).includes('amber-door')),
});

describe('what was read in plain files', () => {
  test('is found again, and only the parts that may be secret are read again', async () => {
    const text = [
      '# first\n',
      CONFIG,
      '---\n# a login\n',
      SECRET,
      '---\n',
      CREDENTIAL,
      '...\n---\n',
      CONFIG,
    ].join('');
    const { objects, facts } = opened();
    const { file, documents } = fileOf(text);
    await objects.keep(file, documents);
    const later = fileOf(text);
    expect(JSON.stringify(objects.find(later.file))).toBe(JSON.stringify(later.documents));
    expect(later.again).toEqual([
      expect.stringContaining('violet-lamp'),
      expect.stringContaining('amber-door'),
    ]);
    expect(later.again.join('')).not.toContain('{a: b}');
    const kept = facts.get('documents 2 a1') ?? '';
    expect(kept).toContain('"a":"b"');
    expect(kept).not.toMatch(/violet-lamp|amber-door|redacted/i);
  });

  test('is not found where nothing was kept', () => {
    expect(opened().objects.find(fileOf(CONFIG).file)).toBeUndefined();
  });

  test('is found as it is read, whatever stands between the documents', async () => {
    const documents = fc.constantFrom(
      CONFIG,
      SECRET,
      CREDENTIAL,
      '- 1\n',
      '[broken\n',
      '',
      '{kind: Secret, data: {a: Yg==}}\n',
    );
    const between = fc.constantFrom(
      '---\n',
      '--- # c\n',
      '...\n---\n',
      '---\n# c\n\n',
      '...\n%YAML 1.1\n---\n',
      '\n---\n\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(between, documents), { maxLength: 6 }), async (parts) => {
        const text = parts.flat().join('');
        const { objects } = opened();
        const { file, documents } = fileOf(text);
        await objects.keep(file, documents);
        const later = fileOf(text);
        const found = objects.find(later.file);
        if (found !== undefined) expect(shown(found)).toBe(shown(later.documents));
      }),
    );
  });
});

/** A symbol is no JSON. */
function shown(documents: readonly ReadDocument[]): string {
  return JSON.stringify(documents.map((document) => (document === NOT_YAML ? 'not YAML' : document)));
}
