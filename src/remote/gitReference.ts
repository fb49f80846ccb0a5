import { parseConstraint } from '../dialects/semver/constraint.ts';
import { chooseVersion } from './chooseVersion.ts';
import type { GitConversation } from './gitConversation.ts';
import { type Packet, textOf } from './packetLines.ts';
import { Refusal } from './refusal.ts';

/** What a name means at the moment. */
export interface GitReference {
  /** What is asked for: a commit, or the tag of one. */
  readonly want: string;
  readonly commit: string;
}

const TAGS = 'refs/tags/';

const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Finds a branch, tag or commit as `git fetch <repository> <name>` does: tags before branches.
 * @param wanted.name empty for the default branch.
 * @param wanted.orRange true: where there is none of the name, it may be a range of versions,
 *   which stands for the newest tag in it.
 * @throws {Refusal} where the repository has none of that name.
 */
export async function findReference(
  conversation: GitConversation,
  { name, orRange }: { readonly name: string; readonly orRange: boolean },
  signal: AbortSignal,
): Promise<GitReference> {
  if (isCommitId(name)) return { want: name, commit: name };
  const wanted = namesOf(name);
  const mayBeRange = orRange && name !== '' && parseConstraint(name) !== undefined;
  const asked = mayBeRange ? [...wanted, TAGS] : wanted;
  const known =
    conversation.version === 2
      ? listed(await conversation.ask(listing(asked), MAX_BYTES, signal))
      : advertised(conversation.advertised);
  const found = wanted.map((one) => known.get(one)).find((one) => one !== undefined);
  if (found !== undefined) return found;
  const newest = mayBeRange ? newestTag(known, name) : undefined;
  if (newest !== undefined) return newest;
  const what = name === '' ? 'no default branch' : `no branch or tag \`${name}\``;
  throw new Refusal(`${conversation.shown} has ${what}`);
}

/** Tags are versions with or without a `v` in front. */
function newestTag(known: ReadonlyMap<string, GitReference>, range: string): GitReference | undefined {
  const tags = [...known].flatMap(([name, reference]) =>
    name.startsWith(TAGS) ? [{ version: name.slice(TAGS.length), reference }] : [],
  );
  return chooseVersion(tags, range)?.reference;
}

/** True for a full commit id. */
export function isCommitId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** https://git-scm.com/docs/gitrevisions */
function namesOf(name: string): string[] {
  if (name === '' || name === 'HEAD') return ['HEAD'];
  return ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'].map((prefix) => `${prefix}${name}`);
}

function listing(names: readonly string[]): string[] {
  const prefixes = names.map((name) => `ref-prefix ${name}`);
  return ['command=ls-refs', 'agent=hydrant', 'delimiter', 'peel', ...prefixes, 'flush'];
}

/** Lines of version 2: `<id> <name>`, and `peeled:<id>` for the commit of a tag. */
function listed(packets: readonly Packet[]): Map<string, GitReference> {
  const found = new Map<string, GitReference>();
  for (const packet of packets) {
    const [want = '', name = '', ...more] = textOf(packet).split(' ');
    const peeled = more.find((attribute) => attribute.startsWith('peeled:'))?.slice('peeled:'.length);
    const commit = peeled ?? want;
    if (isCommitId(want) && isCommitId(commit)) found.set(name, { want, commit });
  }
  return found;
}

/** Lines of version 1: `<id> <name>`, the first with capabilities, and `<name>^{}` for the commit of a tag. */
function advertised(packets: readonly Packet[]): Map<string, GitReference> {
  const found = new Map<string, GitReference>();
  for (const packet of packets) {
    const [id = '', name = ''] = (textOf(packet).split('\0')[0] ?? '').split(' ');
    if (!isCommitId(id)) continue;
    const tag = name.endsWith('^{}') ? name.slice(0, -3) : name;
    found.set(tag, { want: found.get(tag)?.want ?? id, commit: id });
  }
  return found;
}
