import type { RemoteAnswers } from '../engine/engine.ts';
import type { AskedInput } from '../model/fetchedInput.ts';
import type { RemoteInputs } from '../model/remoteInputs.ts';

/** What was fetched, in the form that the engine takes it, and what tells it from another of the same name. */
export interface AnsweredInput {
  readonly id: string;
  readonly answer: Partial<RemoteAnswers>;
}

/** Asks for what a render needs of another place. */
export async function askInput(
  asked: AskedInput,
  remote: RemoteInputs,
): Promise<AnsweredInput | { readonly refused: string }> {
  if (asked.kind === 'file') {
    const { url, orRepository } = asked;
    const found = await remote.file({ url, orRepository });
    if (found === null) return { id: 'none', answer: { files: [{ url, none: true }] } };
    if ('refused' in found) return found;
    return { id: found.sha256, answer: { files: [{ url, base64: found.base64 }] } };
  }
  if (asked.kind === 'chart') {
    const { kind: _, ...chart } = asked;
    const found = await remote.chart(chart);
    if ('refused' in found) return found;
    if (!('archive' in found.place)) throw new Error('a fetched chart is packed');
    const { archive } = found.place;
    return { id: archive.sha256, answer: { charts: [{ ...chart, archive }] } };
  }
  const { repository, ref } = asked;
  const found = await remote.repository({ repository, ref });
  if ('refused' in found) return found;
  const { gitDir, commit } = found;
  return { id: commit, answer: { repositories: [{ repository, ref, gitDir, commit }] } };
}
