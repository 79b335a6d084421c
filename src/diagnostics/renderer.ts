import type { LocatedDiagnostic } from "./diagnostic.ts";

export interface RenderOptions {
  /** Whether to use SGR colours. */
  readonly color: boolean;
  /** The project's root folder below that of its repository, with a slash behind it: `apps/shop/`; empty where both are one. */
  readonly folder: string;
  /** Of this package. */
  readonly version: string;
}

/** Diagnostics in one form, as a whole file's text. `sources` holds the texts by file. */
export type Renderer = (
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
  options: RenderOptions,
) => string;
