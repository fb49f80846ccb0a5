import { Archives } from '../model/archives.ts';
import type { RenderSource } from '../model/renderSource.ts';
import type { EngineProcess } from './process.ts';
import type { RemoteAnswers } from './protocol/remotes.ts';

/** What of a request names archives, and where their bytes are. */
export interface NamesArchives {
  readonly source: RenderSource;
  readonly remotes?: RemoteAnswers | undefined;
  readonly archives?: Archives | undefined;
}

/** Brings archives to the engine's processes, to each process once. */
export class ArchiveSupply {
  /** The digests of what a process holds; one that takes another's place holds nothing. */
  readonly #held = new WeakMap<EngineProcess, ReadonlySet<string>>();

  /**
   * Gives a process those archives that a request names and that it does not hold.
   * @throws as the process's request does, and where an archive has no bytes.
   */
  async bring(process: EngineProcess, request: NamesArchives): Promise<void> {
    const needed = digestsNamed(request);
    const held = this.#held.get(process);
    const missing = needed.filter((sha256) => held?.has(sha256) !== true);
    if (missing.length === 0) return;
    const { archives = new Archives() } = request;
    const reply = await process.request('archives.keep', {
      archives: missing.map((sha256) => Buffer.from(archives.bytesOf(sha256)).toString('base64')),
      needed,
    });
    this.#held.set(process, new Set(reply.held));
  }
}

/** The digests of all archives that a render reads, each once. */
function digestsNamed({ source, remotes }: NamesArchives): string[] {
  const fetched = remotes?.charts.map(({ archive }) => archive.sha256) ?? [];
  return [...new Set([...ofSource(source), ...fetched])];
}

function ofSource(source: RenderSource): readonly string[] {
  if (source.tool === 'combined') return source.sources.flatMap(ofSource);
  return source.tool === 'helm' && 'archive' in source.chart ? [source.chart.archive.sha256] : [];
}
