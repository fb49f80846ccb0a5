import { readFile } from 'node:fs/promises';
import { packageFile } from '../../model/packageFile.ts';

/** What is known of the life of a kind that Kubernetes has removed, or means to. */
export interface KindHistory {
  /** The first minor version looked at that served it. */
  readonly first: string;
  /** The first minor version that does not serve it any more. */
  readonly removed?: string;
  /** Since when it is deprecated. */
  readonly deprecated?: string;
  /** What upstream names instead, such as `apps/v1 Deployment`. */
  readonly replacement?: string;
}

/** By `apiVersion kind`; only kinds that are removed or deprecated are listed. */
export type ApiHistory = ReadonlyMap<string, KindHistory>;

let history: Promise<ApiHistory> | undefined;

/** The generated history of Kubernetes' own kinds; read once per process. */
export function readApiHistory(): Promise<ApiHistory> {
  history ??= read();
  return history;
}

async function read(): Promise<ApiHistory> {
  const text = await readFile(packageFile('schemas/kubernetes-history.json'), 'utf8');
  // The shape of the shipped file is held by a test.
  const { kinds } = JSON.parse(text) as { kinds: Record<string, KindHistory> };
  return new Map(Object.entries(kinds));
}
