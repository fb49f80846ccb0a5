import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { OtherCommit, RenderSource, ValuesLayer } from '../model/renderSource.ts';
import type { NamesArchives } from './archiveSupply.ts';
import type { ReadableRepository } from './process.ts';

/** What of a request names places that are read for it. */
export interface NamesInputs extends NamesArchives {
  /** Folder with the `objects` of the repository under review. */
  readonly gitDir: string;
}

/**
 * The repositories that requests read. A review's renders name other repositories one after the
 * other, so what was named beside a repository once stays with it: its processes are started
 * anew as often as there is a new name, and not with each change from one to another.
 */
export class ReadableRepositories {
  /** By the repository under review. */
  readonly #besides = new Map<string, Set<string>>();

  readonly #alone: readonly string[];

  /** With the repository that all requests are about, where that is known. */
  constructor(alone: string | undefined) {
    this.#alone = alone === undefined ? [] : [alone];
  }

  /** What a process for this request may read. */
  async neededBy(request: NamesInputs | undefined): Promise<readonly ReadableRepository[]> {
    const named = request === undefined ? [] : this.#named(request);
    return Promise.all([...new Set([...this.#alone, ...named])].map(identified));
  }

  #named(request: NamesInputs): readonly string[] {
    const { gitDir } = request;
    const besides = this.#besides.get(gitDir) ?? new Set();
    this.#besides.set(gitDir, besides);
    for (const other of othersNamed(request)) besides.add(other);
    return [gitDir, ...besides];
  }
}

async function identified(gitDir: string): Promise<ReadableRepository> {
  const objects = await stat(path.join(gitDir, 'objects')).catch(() => null);
  return { gitDir, identity: `${gitDir} ${objects?.dev}:${objects?.ino}` };
}

/** The folders of all other repositories that a request reads. */
function othersNamed({ source, remotes }: NamesInputs): string[] {
  return [...(remotes?.repositories.map(({ gitDir }) => gitDir) ?? []), ...ofSource(source)];
}

function ofSource(source: RenderSource): string[] {
  switch (source.tool) {
    case 'combined':
      return source.sources.flatMap(ofSource);
    case 'helm':
      return [...('path' in source.chart ? ofPlace(source.chart) : []), ...source.values.flatMap(ofValues)];
    case 'resourceSet':
      return [];
    case 'directory':
    case 'kustomize':
      return ofPlace(source);
  }
}

function ofValues(layer: ValuesLayer): string[] {
  if ('setFile' in layer) return ofPlace(layer.setFile);
  return 'file' in layer ? ofPlace(layer) : [];
}

function ofPlace({ repository }: { readonly repository?: OtherCommit | undefined }): string[] {
  return repository === undefined ? [] : [repository.gitDir];
}
