import { isScalar, type Node } from 'yaml';
import { textOf } from '../dialects/sourceFile.ts';
import type { ManifestValue } from '../model/manifest.ts';
import { Redacted } from '../model/redacted.ts';

/** True where the source's scalar is the one that was rendered, or where it is no scalar. */
export function hasValue(node: Node, rendered: ManifestValue | undefined): boolean {
  if (rendered instanceof Redacted || rendered === undefined) return true;
  const text = textOf(node);
  if (text === undefined) return true;
  if (typeof rendered === 'object') return rendered === null ? isNull(node, text) : true;
  return text === String(rendered) || (isPlain(node) && means(text, rendered));
}

/** True for a field that is given as nothing. */
export function isNull(node: Node, text: string | undefined): boolean {
  return text !== undefined && isPlain(node) && /^(?:~|null|Null|NULL|)$/.test(text);
}

function isPlain(node: Node): boolean {
  return !isScalar(node) || node.type === undefined || node.type === 'PLAIN';
}

/** Words and numbers that YAML 1.1, which Kubernetes reads, writes in several ways. */
function means(text: string, rendered: string | number | boolean): boolean {
  if (typeof rendered === 'boolean') return (rendered ? TRUE : FALSE).test(text);
  if (typeof rendered === 'string') return false;
  const digits = text.replaceAll('_', '');
  const octal = /^([-+]?)0o?([0-7]+)$/.exec(digits);
  const number = octal === null ? Number(digits) : Number(`${octal[1] ?? ''}${parseInt(octal[2] ?? '', 8)}`);
  return number === rendered;
}

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
