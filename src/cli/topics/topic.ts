/** What `norm-growth help <name>` tells about. */
export interface Topic {
  readonly name: string;
  /** What the page is about, in a few words. */
  readonly summary: string;
  readonly page: readonly Block[];
  /** Topics and commands that tell more. */
  readonly see: readonly string[];
}

/** A paragraph; words and what they mean; lines of a file, kept as they are; or commands. */
export type Block = string | Terms | Lines | Examples;

interface Terms {
  readonly terms: readonly (readonly [term: string, meaning: string])[];
}

interface Lines {
  readonly lines: string;
}

interface Examples {
  readonly examples: readonly (readonly [command: string, does: string])[];
}
