/** What the engine says of itself: its protocol, its libraries, its words. */
export interface Description {
  readonly protocol: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly problemKinds: readonly string[];
  readonly methods: readonly string[];
  /** What the kernel holds the engine to, and what it cannot hold. */
  readonly defences: readonly Defence[];
}

/** Something that the engine's process is kept from by the kernel, or is not (`engine/internal/kernel`). */
export interface Defence {
  /** Such as `landlock`. */
  readonly name: string;
  readonly held: boolean;
  /** What is held, or why it is not. */
  readonly detail: string;
}
