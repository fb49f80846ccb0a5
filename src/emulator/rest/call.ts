import type { Grants, Repository, Token, World } from '../world.ts';

/** One request to the API; where the emulator has GitHub's descriptions, checked against them. */
export interface Call {
  readonly world: World;
  readonly operation: string;
  /** Values of the path's parts, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The address that was asked for, without the query. */
  readonly address: string;
  /** Null for the App itself. */
  readonly token: Token | null;
}

export interface Answer {
  readonly status: number;
  /** Undefined: none. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Alternatives of what an installation's token must be allowed. */
export type Needs = readonly Grants[];

/** How an operation is answered, and who may ask. */
export interface Route {
  /** Method and path template of GitHub's description. */
  readonly operation: string;
  /** `jwt`: the App itself. The description does not say it; GitHub's pages do. */
  readonly needs: 'jwt' | Needs;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

/** An answer that is an error of GitHub's form. */
export class ApiError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly object[] | undefined;

  constructor(
    status: number,
    message: string,
    extra: { headers?: Readonly<Record<string, string>>; errors?: readonly object[] } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = extra.headers ?? {};
    this.errors = extra.errors;
  }

  get answer(): Answer {
    const errors = this.errors === undefined ? {} : { errors: this.errors };
    const body = { message: this.message, ...errors, documentation_url: 'https://docs.github.com/rest' };
    return { status: this.status, body: { ...body, status: String(this.status) }, headers: this.headers };
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

/** A 422 as GitHub's validation gives it. */
export function invalid(resource: string, field: string, message: string): ApiError {
  return new ApiError(422, 'Validation Failed', { errors: [{ resource, field, code: 'custom', message }] });
}

/** The repository of the path, when the token is for it. */
export function repositoryOf({ world, params, token }: Call): Repository {
  const repository = world.repository(params.owner ?? '', params.repo ?? '');
  if (repository === undefined) throw notFound();
  if (token !== null && !isFor(token, repository)) throw notFound();
  return repository;
}

/** Whether what was granted is all that is wanted; every token may read metadata. */
export function allows(granted: Grants, wanted: Grants): boolean {
  return Object.entries(wanted).every(
    ([name, level]) =>
      granted[name] === 'write' || (level === 'read' && (granted[name] === 'read' || name === 'metadata')),
  );
}

/** Whether a token gives access to the repository. */
export function isFor({ installation, repositories }: Token, { owner, id, deleted }: Repository): boolean {
  if (deleted) return false;
  return installation.account === owner && (repositories === null || repositories.includes(id));
}
