import { expect, test } from '@jest/globals';
import { Redactor } from '../../src/model/redacted.ts';
import { findSecretsInFile } from '../../src/secrets/findSecretsInFile.ts';

const redactor = new Redactor('00');

async function search(path: string, text: string) {
  const { violations, unparsable } = await findSecretsInFile({
    path,
    bytes: Buffer.from(text),
    read: async () => null,
    redactor,
  });
  expect(JSON.stringify(violations)).not.toContain('canary-');
  return { lines: violations.map(({ location }) => location.startLine), isParsed: unparsable === null };
}

test('a branch of a template that the values switch off is searched', async () => {
  const text =
    '{{- if .Values.demo }}\nkind: Secret\nmetadata:\n  name: demo\nstringData:\n  host: {{ .Values.host }}\n  password: canary-1\n{{- end }}\n';
  expect(await search('c/templates/demo.yaml', text)).toEqual({ lines: [7], isParsed: true });
});

test('what a template makes is left to what it renders', async () => {
  const text =
    '{{- if .Values.demo }}\nkind: Secret\ndata:\n  password: {{ .Values.password | b64enc }}\n{{- range .Values.more }}\n  {{ .name }}: {{ .value }}\n{{- end }}\n{{- end }}\n';
  expect(await search('c/templates/demo.yaml', text)).toEqual({ lines: [], isParsed: true });
});

test('a file that is no valid YAML is searched as text, and is not said to be searched', async () => {
  const text = 'kind: ConfigMap\n---\nkind: Secret\ndata:\n  token: |\n    Y2FuYXJ5\n    LTE=\n  a: "\n';
  expect(await search('shop/broken.yaml', text)).toEqual({ lines: [5], isParsed: false });
});

test('an example in a guide is none', async () => {
  const text = 'As in:\n```\n: {\nkind: Secret\nstringData:\n  password: canary-2\n';
  expect((await search('docs/guide.md', text)).lines).toEqual([]);
});
