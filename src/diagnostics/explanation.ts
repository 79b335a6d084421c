/**
 * Files of an example by name: those under `data/` lie beside `experiments/`, all others in it. A text gives the
 * top-level entries that matter here, or the whole file where the project of the examples has none of that name;
 * null: there is no such file.
 */
export type ExampleFiles = Readonly<Record<string, string | null>>;

/** What a code means to whoever meets it. Serves `explain`, the pages of `docs/diagnostics/`, SARIF, and the tests. */
export interface Explanation {
  /** Why it is a problem: Markdown, a paragraph or two. */
  readonly why: string;
  /** Null where no text shows the problem. */
  readonly example: {
    /** Gives exactly this diagnostic, which marks what stands between `«` and `»`. */
    readonly bad: ExampleFiles;
    /** The nearest files that give none. */
    readonly good: ExampleFiles;
  } | null;
}

export type Explanations = Readonly<Record<string, Explanation>>;

/** An example's text without the signs around what its diagnostic marks. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/[«»]/g, "");
}

/** Where a file of an example lies, relative to the root folder. */
export function examplePath(name: string): string {
  return name.startsWith("data/") ? name : `experiments/${name}`;
}
