import { type EmittedFile, HEADER, type ImportStyle, specifier } from "./source-file.ts";

/** The text of a file of `src/runtime`; `path` is relative to that folder. */
export interface RuntimeSource {
  readonly path: string;
  readonly text: string;
}

/** The runtime's sources as they stand beside emitted code, with its import specifiers. */
export function runtimeFiles(sources: readonly RuntimeSource[], style: ImportStyle): readonly EmittedFile[] {
  return sources.map(({ path, text }) => ({
    path: `runtime/${path}`,
    text: `${HEADER}${text.replace(/ from "(\.[^"]*)\.ts"/g, (_, module) => ` from "${specifier(module, style)}"`)}`,
  }));
}
