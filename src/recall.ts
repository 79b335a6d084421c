import type { Compilation } from "./compile.ts";
import { plan } from "./plan/make-plan.ts";
import { readText } from "./syntax/read-text.ts";
import type { SourceFile } from "./syntax/source-file.ts";

/** What most commands ask of a compilation. */
export type Compiled = Pick<Compilation, "project" | "plan" | "diagnostics" | "texts">;

/** What of that costs most to find out. */
export interface Outcome {
  readonly project: NonNullable<Compilation["project"]>;
  readonly diagnostics: Compilation["diagnostics"];
}

/** What compiling files gives whose outcome is known. */
export function recall(files: readonly SourceFile[], { project, diagnostics }: Outcome): Compiled {
  let texts: Compiled["texts"] | null = null;
  return {
    project,
    plan: plan(project),
    diagnostics,
    get texts() {
      texts ??= textsOf(files);
      return texts;
    },
  };
}

function textsOf(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap((source) => {
      const text = readText(source);
      return text === null ? [] : [[source.path, text]];
    }),
  );
}

export { emit } from "./emit/emit.ts";
