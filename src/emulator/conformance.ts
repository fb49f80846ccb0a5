import type { Violation } from './violation.ts';

/**
 * Holds what passes between an App and the emulated GitHub against GitHub's published
 * descriptions. The emulator comes without them, because they are large: the tests pass them in.
 */
export interface Conformance {
  /** Whether GitHub has the operation, emulated or not. */
  isDescribed(method: string, path: string): boolean;
  /** @param operation method and path template, such as `GET /repos/{owner}/{repo}`. */
  request(operation: string, request: DescribedRequest): readonly Violation[];
  /** @param body as it goes over the wire; undefined when there is none. */
  response(operation: string, status: number, body: unknown): readonly Violation[];
  /** @param hook.payload as it goes over the wire. */
  payload(hook: {
    readonly event: string;
    readonly action: string;
    readonly payload: unknown;
  }): readonly Violation[];
}

/** A request, taken apart by its operation's path template. */
export interface DescribedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined when none was sent. */
  readonly body: unknown;
}

/** What the emulated GitHub is checked by, and where it notes what does not conform. */
export interface Watch {
  readonly conformance: Conformance;
  readonly violations: Violation[];
}

/** Takes everything for as it should be. */
export const UNCHECKED: Conformance = {
  isDescribed: () => true,
  request: () => [],
  response: () => [],
  payload: () => [],
};
