import { readFileSync } from 'node:fs';
import { packageFile } from '../model/packageFile.ts';

/** A rule of gitleaks, as its configuration has it. https://github.com/gitleaks/gitleaks#configuration */
export interface CredentialRule {
  readonly id: string;
  /** One of them stands in every text that the rule knows something of; in small letters. */
  readonly keywords: readonly string[];
  /** As Go has them. */
  readonly regex: string;
  /** What is found is a credential above this many bits a character. */
  readonly entropy?: number;
  /** The group that is the credential; left out, the first that matched. */
  readonly secretGroup?: number;
  readonly allowed?: readonly AllowedTexts[];
  /** What is found is base64 of a text of this form; gitleaks has no such field. */
  readonly decoded?: string;
}

/** What is no credential. */
export interface AllowedTexts {
  /** Left out, the regexes are asked for the credential, without what stands around it. */
  readonly regexTarget?: 'match' | 'line';
  readonly regexes?: readonly string[];
  readonly stopwords?: readonly string[];
}

/** The file of rules. `npm run generate:credential-rules` makes it, and says which are left out. */
export interface CredentialRules {
  /** For all rules. */
  readonly allowed: AllowedTexts;
  readonly rules: readonly CredentialRule[];
}

let rules: CredentialRules | undefined;

/** The rules of gitleaks; read when they are asked for first. */
export function credentialRules(): CredentialRules {
  // A test holds the shape.
  rules ??= JSON.parse(readFileSync(packageFile('schemas/credential-rules.json'), 'utf8')) as CredentialRules;
  return rules;
}
