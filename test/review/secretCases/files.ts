import type { TestFiles, TestRepository } from '../../helpers/repository.ts';

/** One small Git history with a pull request, and what is to be said of it. */
export interface SecretCase {
  readonly name: string;
  /** Before the pull request; by default the overlay `o` with a ConfigMap. */
  readonly base?: TestFiles;
  /** What its commits change, one after the other. */
  readonly commits?: readonly TestFiles[];
  /** A history that is no line: makes the commits, and tells which are compared. */
  readonly history?: (repository: TestRepository) => Promise<{ base: string; head: string }>;
  /** Every finding on Secrets, as `rule path:line`, or `rule -` where no line of the head has it. */
  readonly expected: readonly string[];
  /** Values without the marker, since a detector knows them by their form. */
  readonly values?: readonly string[];
}

export const NAMED = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n';
export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n';
export const BASE: TestFiles = { 'o/kustomization.yaml': 'resources: [c.yaml]\n', 'o/c.yaml': CONFIG_MAP };

export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const resources = (...names: string[]) => `resources: [${names.join(', ')}]\n`;
export const secret = (values: string) => `${NAMED}stringData: { ${values} }\n`;
/** An overlay of one file. */
export const overlay = (content: string, name = 's.yaml'): TestFiles => ({
  'o/kustomization.yaml': resources(name),
  [`o/${name}`]: content,
});

const KEY_GROUP = 'age:\n  - recipient: age1lzd99uklcjnc0e7d860axevet2cz99ce9pq6tzuzd05l5nr28ams36nvun\n';
export const ENC = 'ENC[AES256_GCM,data:abcd,iv:efgh,tag:ijkl,type:str]';
/** What SOPS adds to a file, with further fields. */
export const sops = (more = ''): string =>
  `sops:\n  ${KEY_GROUP.replace('  - ', '    - ')}  lastmodified: "2026-01-01T00:00:00Z"\n  mac: ${ENC}\n  version: 3.9.0\n${more.replace(/^(?=.)/gm, '  ')}`;
