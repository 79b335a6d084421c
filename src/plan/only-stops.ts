import type { Json } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";

/** An experiment's document, as it is written. */
export interface WrittenDocument {
  readonly key: string;
  readonly document: { readonly status: string };
}

/** What may change in a file that stops its experiment. */
const STOPPING: readonly string[] = ["status", "end", "decision"];

/**
 * True where an experiment's document ends its experiment and says nothing else that is new, so that no other
 * file is needed to know that nobody is worse off.
 */
export function onlyStops(before: WrittenDocument, after: WrittenDocument): boolean {
  const { status } = after.document;
  if (before.document.status === status || (status !== "stopped" && status !== "concluded")) return false;
  return frame(before) === frame(after);
}

function frame({ document }: WrittenDocument): string {
  const rest = Object.entries(document).filter(([key]) => !STOPPING.includes(key));
  return canonicalJson(Object.fromEntries(rest) as Json);
}
