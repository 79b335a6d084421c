import { type EmittedFile, HEADER, type ImportStyle, specifier } from "./source-file.ts";

/** What stands between a module and the specifier of a relative import, in each form that has one. */
const RELATIVE_IMPORT = /\b(from |import |import\()"(\.[^"]*)\.ts"/g;

/** A source of ours as it stands beside emitted code: marked, its relative imports in the project's style. */
export function copiedFile(path: string, text: string, style: ImportStyle): EmittedFile {
  const rewritten = text.replace(
    RELATIVE_IMPORT,
    (_, form, module) => `${form}"${specifier(module, style)}"`,
  );
  return { path, text: `${HEADER}${rewritten}` };
}

/** The relative modules that a source imports, as it writes them. */
export function relativeImports(text: string): readonly string[] {
  return [...text.matchAll(RELATIVE_IMPORT)].map(([, , module]) => `${module}.ts`);
}
