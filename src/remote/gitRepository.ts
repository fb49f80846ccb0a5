import { repositoryAt } from '../git/repository.ts';
import type { FetchedRepository, RemoteRepository } from '../model/remoteInputs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Fetching } from './fetching.ts';
import { gitAddress } from './gitAddress.ts';
import { type GitConversation, openConversation } from './gitConversation.ts';
import { findReference, type GitReference, isCommitId } from './gitReference.ts';
import type { GitStore } from './gitStore.ts';
import type { Packet } from './packetLines.ts';
import { Refusal } from './refusal.ts';

/**
 * A commit of another repository, without its history.
 * @throws {Refusal} where the settings do not allow it, or it is not to be had.
 */
export async function fetchRepository(
  fetching: Fetching & { readonly repositories: GitStore; readonly signal: AbortSignal },
  { repository, ref, orRange = false }: RemoteRepository,
  signal: AbortSignal,
): Promise<FetchedRepository> {
  const address = gitAddress(repository, fetching.trust);
  const { repositories, limits, names, offline } = fetching;
  const name = ['commit', address.url.href, ref, String(orRange)];
  const known = isCommitId(ref) ? ref : offline ? (await names.get(name))?.['commit'] : undefined;
  const pinned = known === undefined ? undefined : await repositories.get(known);
  if (known !== undefined && pinned !== undefined) return fetched(pinned, known, fetching.signal);
  const conversation = await openConversation(fetching, address, signal);
  const reference = await findReference(conversation, { name: ref, orRange }, signal);
  const { commit } = reference;
  const gitDir =
    (await repositories.get(commit)) ??
    (await repositories.put(
      commit,
      await packOf(conversation, { reference, maxBytes: limits.repositoryBytes }, signal),
      { shown: conversation.shown, signal },
    ));
  await names.put(name, { commit });
  return fetched(gitDir, commit, fetching.signal);
}

/** What reads the files ends with the review, or when nothing more is asked for a while. */
function fetched(gitDir: string, commit: string, review: AbortSignal): FetchedRepository {
  let opened: Promise<Snapshot> | undefined;
  const open = () => {
    const repository = repositoryAt({ gitDir, headDir: gitDir });
    review.addEventListener('abort', () => void repository.close(), { once: true });
    return repository.snapshot(commit);
  };
  return { gitDir, commit, snapshot: () => (opened ??= open()) };
}

/** https://git-scm.com/docs/pack-protocol https://git-scm.com/docs/protocol-v2#_fetch */
async function packOf(
  conversation: GitConversation,
  { reference, maxBytes }: { readonly reference: GitReference; readonly maxBytes: number },
  signal: AbortSignal,
): Promise<Buffer> {
  const { want } = reference;
  const request =
    conversation.version === 2
      ? [
          'command=fetch',
          'agent=hydrant',
          'delimiter',
          'no-progress',
          'ofs-delta',
          `want ${want}`,
          'deepen 1',
        ]
      : [`want ${want} side-band-64k ofs-delta shallow no-progress agent=hydrant`, 'deepen 1', 'flush'];
  const packets = await conversation.ask([...request, 'done', ...end(conversation)], maxBytes, signal);
  return Buffer.concat(packets.flatMap((packet) => packed(packet, conversation)));
}

function end({ version }: GitConversation): string[] {
  return version === 2 ? ['flush'] : [];
}

/** What a packet has of the pack: those are marked with the number of their band. */
function packed(packet: Packet, { shown }: GitConversation): Uint8Array[] {
  if (typeof packet === 'string') return [];
  if (packet[0] === 3) throw new Refusal(`${shown} broke off: it could not send the commit`);
  return packet[0] === 1 ? [packet.subarray(1)] : [];
}
