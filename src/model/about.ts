import type { FieldPath } from './manifest.ts';

/**
 * The data that a violation's sentence is made of, by name, such as `{ container: 'nginx' }`. A
 * violation is recognised at another commit by its rule, its subject, its field and these data,
 * never by its words: a better sentence makes no old finding new. Never holds a Secret's value.
 */
export type About = Readonly<Record<string, Fact>>;

/** A number or flag, a text, a list of texts, or a path into a manifest. */
export type Fact = string | number | boolean | null | readonly string[] | FieldPath;
