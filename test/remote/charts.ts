import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A packed chart, made by `tar` as `helm package` lays it out. */
export async function packChart(
  name: string,
  version: string,
  resource = '{{ .Release.Name }}',
  templates: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-chart-'));
  try {
    await mkdir(path.join(folder, name, 'templates'), { recursive: true });
    await writeFile(
      path.join(folder, name, 'Chart.yaml'),
      `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
    );
    await writeFile(path.join(folder, name, 'values.yaml'), 'a: chart\n');
    await writeFile(
      path.join(folder, name, 'templates', 'configmap.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${resource}\n  labels:\n    version: {{ .Chart.Version | quote }}\n`,
    );
    for (const [file, content] of Object.entries(templates)) {
      await writeFile(path.join(folder, name, 'templates', file), content);
    }
    const archive = path.join(folder, 'chart.tgz');
    await promisify(execFile)('tar', ['-czf', archive, '-C', folder, name]);
    return await readFile(archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The index of a Helm repository, as `helm repo index` writes it. */
export function indexOf(entries: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>) {
  return JSON.stringify({ apiVersion: 'v1', entries, generated: '2026-01-01T00:00:00Z' });
}
