import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { commonViolations, type Validate } from "./common-violations.ts";
import { explain } from "./explain.ts";
import type { Documents } from "./generated/documents.ts";
import { audience, experiment, metric, project } from "./generated/validators.ts";
import { childOf, type LocatedNode, type LocatedTree } from "./located-tree.ts";
import { type JsonValue, toJson } from "./to-json.ts";

export type DocumentKind = keyof Documents;

/** A document that is valid against its kind's schema. */
export type DecodedDocument = {
  [K in DocumentKind]: {
    readonly kind: K;
    readonly document: Documents[K];
    /** Keys of `variants` as in the text: an object would begin with those that look like numbers. */
    readonly variantOrder: readonly string[];
  };
}[DocumentKind];

const validators: Readonly<Record<DocumentKind, Validate>> = { project, experiment, metric, audience };

/** More than are ever told; each costs a search for what may have been meant. */
const MOST_VIOLATIONS = 1_000;

/** A plain value, its keys in the order of the text, as a document of a kind; null where it has problems. */
export function decodeValue(kind: DocumentKind, value: JsonValue): DecodedDocument | null {
  if (!validators[kind](value)) return null;
  const { variants } = value as { readonly variants?: object };
  return { kind, document: value, variantOrder: Object.keys(variants ?? {}) } as unknown as DecodedDocument;
}

/** A tree as a document of a kind, or the problems that it has. */
export function decode(
  kind: DocumentKind,
  tree: LocatedTree,
  text: string,
): { readonly decoded: DecodedDocument | null; readonly diagnostics: readonly Diagnostic[] } {
  const document: unknown = toJson(tree.root);
  if (validators[kind](document)) {
    const variantOrder = keysOf(childOf(tree.root, "variants"));
    return { decoded: { kind, document, variantOrder } as DecodedDocument, diagnostics: [] };
  }
  const own = validators[kind].errors ?? [];
  const violations = [...own, ...commonViolations(validators[kind], document, own)];
  const diagnostics = explain(tree, text, violations.slice(0, MOST_VIOLATIONS));
  if (diagnostics.length === 0)
    throw new Error(`${tree.file}: the ${kind} validator refused it without a reason`);
  return { decoded: null, diagnostics };
}

function keysOf(node: LocatedNode | undefined): readonly string[] {
  return node?.kind === "mapping" ? [...node.entries.keys()] : [];
}
