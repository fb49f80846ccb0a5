import type { ManifestValue } from '../../src/model/manifest.ts';
import type { KustomizeImage } from '../../src/model/renderSource.ts';

/**
 * The lines of a message's fields as one union of texts, such as `problem?.line: number | null`;
 * engine/internal/wire makes the same of the Go structs. A field that not all members of a
 * union have may be missing. Of a source that holds sources the fields are told once.
 */
export type FieldsOf<Message, Prefix extends string = ''> = {
  [Name in Names<Message>]: Value<In<Message, Name>, `${Prefix}${Name}${Mark<Message, Name>}`>;
}[Names<Message>];

type Names<T> = T extends unknown ? Extract<keyof T, string> : never;
type In<T, Name> = T extends unknown ? (Name extends keyof T ? T[Name] : never) : never;

/** `?` for what may be missing. */
type Mark<T, Name> = true extends MayBeMissing<T, Name> ? '?' : '';
type MayBeMissing<T, Name> = T extends unknown
  ? Name extends keyof T
    ? Record<never, never> extends Pick<T, Name>
      ? true
      : false
    : true
  : never;

type Value<T, Path extends string> = unknown extends T
  ? `${Path}: unknown`
  : Filled<Exclude<T, null | undefined>, Path, null extends T ? ' | null' : ''>;

type Filled<T, Path extends string, Null extends string> = [T] extends [string]
  ? `${Path}: string${Null}`
  : [T] extends [number]
    ? `${Path}: number${Null}`
    : [T] extends [boolean]
      ? `${Path}: boolean${Null}`
      : [T] extends [readonly (infer Item)[]]
        ? Value<Item, `${Path}[]`>
        : IsOpaque<T> extends true
          ? `${Path}: unknown`
          : string extends Names<T>
            ? Value<In<T, string>, `${Path}{}`>
            : `${Path}: object${Null}` | Below<T, Path>;

/** What is below a source's sources is what is below the source. */
type Below<T, Path extends string> = Path extends `${string}source.sources?[]`
  ? never
  : FieldsOf<T, `${Path}.`>;

/** Any JSON, and what only another project's types know. */
type IsOpaque<T> = [T] extends [object]
  ? ManifestValue extends In<T, string>
    ? true
    : unknown extends In<T, string>
      ? true
      : [T, KustomizeImage] extends [KustomizeImage, T]
        ? true
        : [T, Replica] extends [Replica, T]
          ? true
          : false
  : true;

interface Replica {
  readonly name: string;
  readonly count: number;
}
