import path from 'node:path';
import { goPathMatcher } from '../../dialects/glob.ts';
import type { Snapshot, TreeEntry } from '../../model/snapshot.ts';

/** Files at a chart's root that are for people; a template that reads the chart's files may read them all the same. */
const PAPER =
  /^(?:charts\/[^/]+\/)*(?:readme|changelog|changes|licen[cs]e|notice|contributing)(?:\.[a-z]+)*$/i;

/**
 * What Helm loads of a folder: all but what its `.helmignore` names. Without the papers of a chart
 * none of whose files asks for files.
 * https://helm.sh/docs/chart_template_guide/helm_ignore_file/
 */
export async function chartFiles(snapshot: Snapshot, folder: string): Promise<TreeEntry[]> {
  const below = folder === '.' ? '' : `${folder}/`;
  const isIgnored = await ignoreRules(snapshot, `${below}.helmignore`);
  const inside = [...snapshot.entries.values()]
    .filter(({ path: file, kind }) => file.startsWith(below) && kind !== 'directory')
    .map((entry) => ({ entry, name: entry.path.slice(below.length) }))
    .filter(({ name }) => name === '.helmignore' || !isIgnored(name));
  const papers = inside.filter(({ name }) => PAPER.test(name));
  const others = inside.filter(({ name }) => !PAPER.test(name)).map(({ entry }) => entry);
  if (papers.length === 0 || !(await asksForFiles(snapshot, others))) return others;
  return [...others, ...papers.map(({ entry }) => entry)];
}

async function asksForFiles(snapshot: Snapshot, files: readonly TreeEntry[]): Promise<boolean> {
  for (const { kind, path: file } of files) {
    // A link may lead to anything, and a package have it inside.
    if (kind !== 'file' || file.endsWith('.tgz')) return true;
    if (Buffer.from(await snapshot.read(file)).includes('.Files')) return true;
  }
  return false;
}

/** Tells what is left out, itself or by a folder that it is in. The last rule that matches counts. */
async function ignoreRules(snapshot: Snapshot, file: string): Promise<(name: string) => boolean> {
  if (snapshot.entries.get(file)?.kind !== 'file') return () => false;
  const lines = new TextDecoder().decode(await snapshot.read(file)).split('\n');
  const rules = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  // What a negation keeps is not looked for: then all counts.
  if (rules.some((rule) => rule.startsWith('!'))) return () => false;
  const matchers = rules.map(ruleMatcher);
  return (name) => {
    const steps = name.split('/');
    return steps.some((_, index) => {
      const part = steps.slice(0, index + 1).join('/');
      const isFolder = index < steps.length - 1;
      return matchers.some((matches) => matches(part, isFolder));
    });
  };
}

function ruleMatcher(rule: string): (name: string, isFolder: boolean) => boolean {
  const ofFolders = rule.endsWith('/');
  const pattern = rule.replace(/\/$/, '');
  const matches = goPathMatcher(pattern.replace(/^\//, ''));
  const isWhole = pattern.includes('/');
  return (name, isFolder) => (isFolder || !ofFolders) && matches(isWhole ? name : path.posix.basename(name));
}
