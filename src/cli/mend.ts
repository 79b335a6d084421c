import { join } from "node:path";
import type { Compilation } from "../compile.ts";
import { applyFixes } from "../diagnostics/apply-fixes.ts";
import { lineStartsOf, positionAt } from "../diagnostics/position.ts";
import { visible } from "../diagnostics/visible-text.ts";
import { compileProject } from "./load-project.ts";
import { replaceFile } from "./replace-file.ts";
import type { Terminal } from "./terminal.ts";

/** A mend may show another problem that has one. More rounds than this would go in circles. */
const MOST_ROUNDS = 10;

/** Applies every fix that has one right answer, says what it did on stderr, and gives what remains. */
export async function mendProject(
  cwd: string,
  terminal: Terminal,
): Promise<{ readonly root: string; readonly compilation: Compilation }> {
  let compiled = await compileProject(cwd);
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { root, compilation } = compiled;
    const { applied, texts } = applyFixes(compilation.diagnostics, compilation.texts);
    if (applied.length === 0) break;
    for (const [file, text] of texts) replaceFile(join(root, file), compilation.texts.get(file)!, text);
    for (const { diagnostic, fix } of applied) {
      const { code, place } = diagnostic;
      const source = compilation.texts.get(place.file) ?? "";
      const { line, column } = positionAt(source, lineStartsOf(source), place.span.start);
      terminal.log(visible(`fixed ${place.file}:${line}:${column}: ${fix.title} (${code})`));
    }
    count += applied.length;
    compiled = await compileProject(cwd);
  }
  terminal.log(count === 0 ? "nothing to fix by itself" : `${count} fixed`);
  return compiled;
}
