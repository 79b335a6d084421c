/** A half-open range of UTF-16 offsets in a source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The way from a document's root to one of its nodes: mapping keys by their source text, sequence indices. */
export type Path = readonly (string | number)[];

/**
 * Where a problem is. Stages after `syntax` know documents by path, not by offset: `path` names a node and
 * `part` says whether its key or its value is meant; `span` is filled in when the text is at hand.
 */
export interface Place {
  /** Relative to the project's root folder, with forward slashes. */
  readonly file: string;
  readonly path?: Path;
  /** Default `value`. */
  readonly part?: "key" | "value";
  readonly span?: Span;
}
