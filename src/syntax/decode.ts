import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { explain } from "./explain.ts";
import type { Documents } from "./generated/documents.ts";
import { audience, experiment, metric, project } from "./generated/validators.ts";
import type { LocatedTree } from "./located-tree.ts";
import { toJson } from "./to-json.ts";
import type { Violation } from "./violation.ts";

export type DocumentKind = keyof Documents;

/** A document that is valid against its kind's schema. */
export type DecodedDocument = {
  [K in DocumentKind]: { readonly kind: K; readonly document: Documents[K] };
}[DocumentKind];

type Validate = ((value: unknown) => boolean) & { readonly errors?: readonly Violation[] | null };

const validators: Readonly<Record<DocumentKind, Validate>> = { project, experiment, metric, audience };

/** More than are ever told; each costs a search for what may have been meant. */
const MOST_VIOLATIONS = 1_000;

/** A tree as a document of a kind, or the problems that it has. */
export function decode(
  kind: DocumentKind,
  tree: LocatedTree,
  text: string,
): { readonly decoded: DecodedDocument | null; readonly diagnostics: readonly Diagnostic[] } {
  const document: unknown = toJson(tree.root);
  if (validators[kind](document)) return { decoded: { kind, document } as DecodedDocument, diagnostics: [] };
  const diagnostics = explain(tree, text, (validators[kind].errors ?? []).slice(0, MOST_VIOLATIONS));
  if (diagnostics.length === 0)
    throw new Error(`${tree.file}: the ${kind} validator refused it without a reason`);
  return { decoded: null, diagnostics };
}
