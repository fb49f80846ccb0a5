import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Location } from '../model/finding.ts';
import type { Redactor } from '../model/redacted.ts';
import { canBeRead } from '../model/secretValue.ts';
import { type SecretViolation, WAY_OUT } from './committed.ts';

// secretlint marks its steps on Node's performance timeline, keeps every mark, and looks through
// them all at each new one: a process that lives on gets ever slower, and never smaller.
secretLintProfiler.mark = () => undefined;

/** A part of a text that is a credential by its form. */
export interface Credential {
  /** From 0; the end is behind it. */
  readonly start: number;
  readonly end: number;
  /** Who found it, such as `github`. */
  readonly detector: string;
}

/** A comment in a pull request must not switch a detector off. */
const DETECTORS = rules
  .filter(({ meta }) => !meta.id.endsWith('-filter-comments'))
  .map((rule) => ({ id: rule.meta.id, rule }));

/**
 * Credentials in a text, by secretlint's recommended detectors: keys of clouds and services,
 * private keys, passwords in addresses. Placeholders and obvious examples are none.
 */
export async function credentialsIn(text: string): Promise<Credential[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: 'text', ext: '', contentType: 'text' },
    options: { config: { rules: DETECTORS }, maskSecrets: true, noPhysicFilePath: true },
  });
  return (
    messages
      .filter(({ type, range }) => type === 'message' && !isExample(text.slice(...range)))
      .map(({ ruleId, range: [start, end] }) => ({ start, end, detector: ruleId.replace(/^.*rule-/, '') }))
      .toSorted((one, other) => one.start - other.start || other.end - one.end)
      // Two detectors may know the same.
      .filter(({ start }, index, all) => !all.slice(0, index).some(({ end }) => start < end))
  );
}

/** The credentials that stand in a file. */
export async function findCredentials(
  path: string,
  text: string,
  redactor: Redactor,
): Promise<SecretViolation[]> {
  const found = await credentialsIn(text);
  if (found.length === 0) return [];
  return found.flatMap(({ start, end, detector }) => {
    const value = redactor.redact(unindented(text.slice(start, end)));
    if (!canBeRead(value.class)) return [];
    return [
      {
        ...credentialViolation(detector),
        fieldPath: null,
        resource: null,
        location: linesOf(path, text, { start, end }),
        values: [{ key: detector, value }],
      },
    ];
  });
}

/** A text as it is without the file around it: what has several lines is indented there. */
export function unindented(text: string): string {
  return text.replace(/\r?\n[ \t]*/g, '\n');
}

/** Says that something is a credential, without it. */
export function credentialViolation(detector: string) {
  const about = { detector };
  return {
    rule: 'secret/credential',
    severity: 'error' as const,
    message: isCredential(about),
    about,
  };
}

function isCredential({ detector }: Pick<Credential, 'detector'>): string {
  return `A credential is committed in plain, as its form tells (secretlint: ${detector}); ${WAY_OUT}`;
}

function linesOf(path: string, text: string, { start, end }: { start: number; end: number }): Location {
  const line = (at: number) => text.slice(0, at).split('\n').length;
  return { path, startLine: line(start), endLine: line(Math.max(end - 1, start)) };
}

/** An address whose password says that it is one, or that is filled in; what a template makes. */
function isExample(found: string): boolean {
  if (/\$[({]|\{\{|<[^<>]+>/.test(found)) return true;
  const password = /:\/\/[^:@/\s]*:([^@/\s]*)@/.exec(found)?.[1];
  return (
    password !== undefined &&
    /^(?:|pass(?:word|wd|phrase)?|pwd|pw|secret|token|x{3,}|\*+|\.+|changeme|change-me|example|your.*|my.*password)$/i.test(
      password,
    )
  );
}
