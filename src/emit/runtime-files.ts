import { copiedFile } from "./copied-file.ts";
import type { EmittedFile, ImportStyle } from "./source-file.ts";

/** The text of a source file that is copied beside emitted code; `path` is relative to the folder it stands in. */
export interface RuntimeSource {
  readonly path: string;
  readonly text: string;
}

/** The runtime's sources as they stand beside emitted code, with its import specifiers. */
export function runtimeFiles(sources: readonly RuntimeSource[], style: ImportStyle): readonly EmittedFile[] {
  return sources.map(({ path, text }) => copiedFile(`runtime/${path}`, text, style));
}
