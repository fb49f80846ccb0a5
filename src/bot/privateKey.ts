import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/**
 * The App's private key, of `PRIVATE_KEY_PATH` or `PRIVATE_KEY`.
 * @param problems takes a sentence for each thing that keeps it from being read.
 * @returns PEM text; '' where there is a problem.
 */
export function readPrivateKey(env: NodeJS.ProcessEnv, problems: string[]): string {
  const { PRIVATE_KEY_PATH: file, PRIVATE_KEY: given = '' } = env;
  const name = file === undefined || file === '' ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH';
  const text = name === 'PRIVATE_KEY' ? given : textIn(file ?? '', problems);
  if (text === null) return '';
  const key = pemIn(text);
  const problem = problemOf(key, text);
  if (problem !== null) problems.push(problem.replace('%', name));
  return problem === null ? key : '';
}

function textIn(file: string, problems: string[]): string | null {
  try {
    if (!statSync(file).isDirectory()) return readFileSync(file, 'utf8');
    problems.push(`PRIVATE_KEY_PATH is a folder: ${file}; name the .pem file in it`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EACCES' ? 'may not be read by this user' : 'names no file';
    problems.push(`PRIVATE_KEY_PATH ${why}: ${file}`);
  }
  return null;
}

/** Shells and container platforms hand several lines over with \n, or in base64. */
function pemIn(text: string): string {
  const pem = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  return pem.replaceAll('\\n', '\n').replace(/^["'\s]+|["'\s]+$/g, '');
}

/** What is wrong, with `%` for the variable's name. Nothing of the key stands in it. */
function problemOf(key: string, text: string): string | null {
  if (text.trim() === '') return "PRIVATE_KEY or PRIVATE_KEY_PATH is missing: the App's private key (PEM)";
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(key))
    return "% is a public key; generate a private key in the App's settings on GitHub";
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)) return '% is no private key in PEM form';
  if (!/-----END [A-Z ]*PRIVATE KEY-----$/.test(key))
    return '% is cut: its last line, -----END ... PRIVATE KEY-----, is missing';
  try {
    const { asymmetricKeyType } = createPrivateKey(key);
    return asymmetricKeyType === 'rsa' ? null : '% is no RSA key, as GitHub makes them for Apps';
  } catch {
    return '% is damaged: what stands between its first line and its last is no key';
  }
}
