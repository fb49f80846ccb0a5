/** An object of GitHub's API. */
export type Json = Readonly<Record<string, unknown>>;

/** An opaque id as GraphQL has it. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}
