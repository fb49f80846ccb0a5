import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '../../src/emulator/failure.ts';

/** Which requests; without a part it is any. Paths have no `/api/v3` in front and no query. */
export interface Matcher {
  readonly method?: string;
  readonly path?: RegExp;
}

export interface Fault extends Matcher, Failure {
  /** How often; once by default. */
  readonly times?: number;
}

export interface Slowness extends Matcher {
  /** What the answer takes longer, in milliseconds. */
  readonly ms: number;
  /** How often; once by default. */
  readonly times?: number;
}

export interface Hold {
  /** Resolves when a request has arrived and waits. */
  readonly reached: Promise<void>;
  /** Lets waiting and later requests go on. */
  release(): void;
}

/** What goes wrong at GitHub, or slowly. */
export class Faults {
  readonly #failing: { readonly what: Fault; left: number }[] = [];
  readonly #slow: { readonly what: Slowness; left: number }[] = [];
  readonly #held = new Set<{
    readonly matcher: Matcher;
    readonly reach: () => void;
    readonly released: Promise<void>;
  }>();
  readonly #releases = new Set<() => void>();

  failNext(fault: Fault): void {
    this.#failing.push({ what: fault, left: fault.times ?? 1 });
  }

  slowNext(slowness: Slowness): void {
    this.#slow.push({ what: slowness, left: slowness.times ?? 1 });
  }

  /** Lets matching requests wait, before they have any effect, until they are released. */
  hold(matcher: Matcher): Hold {
    let reach = () => {};
    let release = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = { matcher, reach, released };
    this.#held.add(held);
    const free = () => {
      this.#held.delete(held);
      this.#releases.delete(free);
      release();
    };
    this.#releases.add(free);
    return { reached, release: free };
  }

  releaseAll(): void {
    for (const release of this.#releases) release();
  }

  /** Waits while the request is slow or held, and gives the fault that it then meets. */
  async meet(method: string, path: string): Promise<Fault | null> {
    for (const { matcher, reach, released } of this.#held) {
      if (!matches(matcher, method, path)) continue;
      reach();
      await released;
    }
    const slow = take(this.#slow, method, path);
    if (slow !== null) await sleep(slow.ms);
    return take(this.#failing, method, path);
  }
}

/** The first one that is for the request and not used up. */
function take<T extends Matcher>(
  all: readonly { readonly what: T; left: number }[],
  method: string,
  path: string,
): T | null {
  const found = all.find(({ what, left }) => left > 0 && matches(what, method, path));
  if (found === undefined) return null;
  found.left -= 1;
  return found.what;
}

function matches(matcher: Matcher, method: string, path: string): boolean {
  return (
    (matcher.method === undefined || matcher.method.toUpperCase() === method) &&
    (matcher.path === undefined || matcher.path.test(path))
  );
}
