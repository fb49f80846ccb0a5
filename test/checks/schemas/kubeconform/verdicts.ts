import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { findDuplicateKeys } from '../../../../src/checks/schemas/duplicateKeys.ts';
import type { SchemaSet } from '../../../../src/checks/schemas/schemaSet.ts';
import { packageFile } from '../../../../src/model/packageFile.ts';
import { resourceOf } from '../manifests.ts';
import { jsonSchemas } from './jsonSchemas.ts';

export const KUBECONFORM = packageFile('.cache/peers/kubeconform');

/** What a validator says of one manifest. */
export interface Verdict {
  readonly valid: boolean;
  /** Why not: the rules broken, or kubeconform's message. */
  readonly why: string;
}

/** The verdicts of `kubeconform -strict` on manifests, each a text with one resource. */
export async function byKubeconform(texts: readonly string[]): Promise<Verdict[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-kubeconform-'));
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(texts.map((text, index) => writeFile(path.join(folder, `${index}.yaml`), text)));
    const options = ['-strict', '-verbose', '-output', 'json', '-schema-location', jsonSchemas()];
    const output = await new Promise<string>((resolve) => {
      execFile(KUBECONFORM, [...options, folder], { maxBuffer: 1 << 28 }, (_, stdout) => resolve(stdout));
    });
    return verdictsIn(output, texts.length);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Report {
  readonly resources: readonly { readonly filename: string; readonly status: string; readonly msg: string }[];
}

function verdictsIn(output: string, count: number): Verdict[] {
  const { resources }: Report = JSON.parse(output);
  const verdicts = new Map(
    resources.map(({ filename, status, msg }) => {
      if (status === 'statusSkipped') throw new Error(`kubeconform skipped ${filename}`);
      if (msg.includes('could not find schema')) throw new Error(`kubeconform has no schema: ${msg}`);
      return [path.basename(filename, '.yaml'), { valid: status === 'statusValid', why: msg }];
    }),
  );
  return Array.from({ length: count }, (_, index) => {
    const verdict = verdicts.get(String(index));
    if (verdict === undefined) throw new Error(`kubeconform says nothing of resource ${index}`);
    return verdict;
  });
}

/** Hydrant's verdict on the same, by schema and by duplicate keys; `none` where it has no schema. */
export function byHydrant(text: string, schemas: SchemaSet): Verdict | 'none' {
  const twice = findDuplicateKeys('a.yaml', Buffer.from(text));
  if (twice.length > 0) return { valid: false, why: 'schema/duplicate-key' };
  const result = schemas.check(resourceOf(text));
  if (result.status === 'no-schema') return 'none';
  const errors = result.violations.filter(({ severity }) => severity === 'error');
  return {
    valid: errors.length === 0,
    why: [...new Set(errors.map(({ rule }) => rule))].toSorted().join(' '),
  };
}

/** True for a resource of which both have a schema: a kind of Kubernetes itself. */
export function isCore(text: string, kinds: ReadonlySet<string>): boolean {
  const { apiVersion, kind } = (parse(text, { uniqueKeys: false }) ?? {}) as Record<string, unknown>;
  return kinds.has(`${String(apiVersion)} ${String(kind)}`);
}
