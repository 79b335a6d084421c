import { catalog } from "./catalog.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Arguments, Words } from "./words.ts";

/** What was found. */
export function messageOf({ code, args }: Pick<Diagnostic, "code" | "args">): string {
  return wordsOf(code).message(args);
}

/** What to do about it; null where the message says all there is. */
export function helpOf({ code, args }: Pick<Diagnostic, "code" | "args">): string | null {
  return wordsOf(code).help?.(args) ?? null;
}

function wordsOf(code: Diagnostic["code"]): Words<Arguments> {
  return catalog[code] as Words<Arguments>;
}
