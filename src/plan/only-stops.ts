import type { Json } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";

/** An experiment's document, as it is written. */
export interface WrittenDocument {
  readonly key: string;
  readonly document: {
    readonly status: string;
    readonly variants?: Readonly<Record<string, { readonly dropped?: string }>>;
  };
  /** Keys of `variants` as in the file. */
  readonly variantOrder?: readonly string[];
}

/** What may change in a file that stops its experiment. */
const STOPPING: readonly string[] = ["status", "end", "decision", "variants"];

/**
 * True where an experiment's document ends its experiment, or drops variants of it, and says nothing else that
 * is new, so that no other file is needed to know that nobody is worse off.
 */
export function onlyStops(before: WrittenDocument, after: WrittenDocument): boolean {
  const { status } = after.document;
  const stops = before.document.status !== status && (status === "stopped" || status === "concluded");
  const drops = droppedIn(after).length > droppedIn(before).length;
  if (!stops && (!drops || before.document.status !== status)) return false;
  const still = droppedIn(before).every((variant) => droppedIn(after).includes(variant));
  return still && frame(before, stops) === frame(after, stops) && armsOf(before) === armsOf(after);
}

function droppedIn({ document: { variants = {} } }: WrittenDocument): readonly string[] {
  return Object.entries(variants).flatMap(([key, { dropped }]) => (dropped === undefined ? [] : key));
}

function frame({ document }: WrittenDocument, stops: boolean): string {
  const free = stops ? STOPPING : ["variants"];
  const rest = Object.entries(document).filter(([key]) => !free.includes(key));
  return canonicalJson(Object.fromEntries(rest) as Json);
}

/** The variants but for what is dropped, in their order, which counts for PlanOut's hash. */
function armsOf({
  document: { variants = {} },
  variantOrder = Object.keys(variants),
}: WrittenDocument): string {
  const arms = variantOrder.map((key) => {
    const { dropped: _, ...variant } = variants[key] ?? {};
    return [key, variant];
  });
  return canonicalJson(arms as unknown as Json);
}
