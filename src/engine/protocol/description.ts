/** What the engine says of itself: its protocol, its libraries, its words. */
export interface Description {
  readonly protocol: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly problemKinds: readonly string[];
  readonly methods: readonly string[];
}
