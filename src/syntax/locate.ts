import type { Diagnostic, LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Path, Place, Span } from "../diagnostics/place.ts";
import { childOf, entryOf, type LocatedNode, type LocatedTree, type LocatedTrees } from "./located-tree.ts";

/**
 * Finds the places of diagnostics in the text, those of related places and fixes included. A place whose node
 * does not exist falls to the nearest one above it; one without a path, or in a file without a tree, means the file.
 */
export function locate(
  diagnostics: readonly Diagnostic[],
  trees: LocatedTrees,
): readonly LocatedDiagnostic[] {
  const find = (place: Place) => ({ ...place, span: place.span ?? spanOf(place, trees.get(place.file)) });
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    place: find(diagnostic.place),
    related: diagnostic.related.map((related) => ({ ...related, place: find(related.place) })),
    fixes: diagnostic.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, place: find(edit.place) })),
    })),
  }));
}

function spanOf(place: Place, tree: LocatedTree | undefined): Span {
  if (tree === undefined || place.path === undefined) return { start: 0, end: 0 };
  return walk(tree.root, place.path, place.part ?? "value");
}

/** Of a whole document its first key stands for it: marking everything marks nothing. */
function beginningOf(root: LocatedNode): Span {
  return (root.kind === "mapping" ? root.entries.values().next().value?.keySpan : undefined) ?? root.span;
}

function walk(root: LocatedNode, path: Path, part: "key" | "value"): Span {
  let node = root;
  let span = beginningOf(root);
  for (const [index, step] of path.entries()) {
    const child = childOf(node, step);
    if (child === undefined) return span;
    const last = index === path.length - 1;
    const keySpan = entryOf(node, step)?.keySpan ?? child.span;
    span = last && part === "value" && !isEmpty(child) ? child.span : keySpan;
    node = child;
  }
  return span;
}

/** Nothing stands where the value should be: then only its key can be shown. */
function isEmpty(node: LocatedNode): boolean {
  return node.span.start === node.span.end;
}
