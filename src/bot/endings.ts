import type { RepositoryRef } from './job.ts';

/** More repositories are not remembered; the one that was heard of longest ago is forgotten. */
const MOST_REPOSITORIES = 100_000;

type Named = Pick<RepositoryRef, 'owner' | 'repo'>;

/**
 * How the last review of each repository came to its end: by itself, or because it needed more than
 * its limits. It is known since the start of the process.
 */
export class Endings {
  readonly #last = new Map<string, 'finished' | 'exceeded'>();
  /** How many repositories of an account have `exceeded`. */
  readonly #exceeded = new Map<string, number>();

  finished(repository: Named): void {
    this.#keep(repository, 'finished');
  }

  exceeded(repository: Named): void {
    this.#keep(repository, 'exceeded');
  }

  /**
   * True where a repository's next review may well be one without an end: its last one exceeded its
   * limits, or none of it has finished yet and the last one of another repository of its account did.
   */
  doubts(repository: Named): boolean {
    const last = this.#last.get(nameOf(repository));
    if (last !== undefined) return last === 'exceeded';
    return this.#exceeded.has(accountOf(nameOf(repository)));
  }

  #keep(repository: Named, ending: 'finished' | 'exceeded'): void {
    const name = nameOf(repository);
    this.#forget(name);
    this.#last.set(name, ending);
    if (ending === 'exceeded') this.#count(name, 1);
    const [oldest] = this.#last.keys();
    if (this.#last.size > MOST_REPOSITORIES && oldest !== undefined) this.#forget(oldest);
  }

  #forget(name: string): void {
    if (this.#last.get(name) === 'exceeded') this.#count(name, -1);
    this.#last.delete(name);
  }

  #count(name: string, change: number): void {
    const account = accountOf(name);
    const count = (this.#exceeded.get(account) ?? 0) + change;
    if (count === 0) this.#exceeded.delete(account);
    else this.#exceeded.set(account, count);
  }
}

/** GitHub's names are the same in any case. */
function nameOf({ owner, repo }: Named): string {
  return `${owner}/${repo}`.toLowerCase();
}

function accountOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
