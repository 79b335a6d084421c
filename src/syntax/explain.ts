import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/place.ts";
import { expectationOf } from "./expectation.ts";
import { explainKeys } from "./explain-keys.ts";
import { explainType, explainValue } from "./explain-value.ts";
import { childOf, type LocatedNode, type LocatedTree } from "./located-tree.ts";
import { admits, type Violation } from "./violation.ts";

/** What a validator found, as problems: one per cause, at its place in the tree. */
export function explain(
  tree: LocatedTree,
  text: string,
  violations: readonly Violation[],
): readonly Diagnostic[] {
  const byPath = new Map<string, Violation[]>();
  for (const violation of violations) {
    const group = byPath.get(violation.instancePath);
    if (group === undefined) byPath.set(violation.instancePath, [violation]);
    else group.push(violation);
  }
  return [...byPath].flatMap(([pointer, group]) => {
    const { path, node } = follow(tree.root, pointer);
    return explainAt(tree.file, path, node, text.slice(node.span.start, node.span.end), group);
  });
}

function explainAt(
  file: string,
  path: Path,
  node: LocatedNode,
  source: string,
  violations: readonly Violation[],
): readonly Diagnostic[] {
  const place = { file, path };
  const several = violations.find(({ keyword }) => keyword === "anyOf");
  const types = violations.filter(({ keyword }) => keyword === "type");
  if (several !== undefined && types.length === several.parentSchema.anyOf?.length) {
    const forms = types.map(({ parentSchema }) => parentSchema);
    return [explainType(place, source, several.data, forms)];
  }
  // Of several forms only that of the value's type is meant.
  const meant = violations.filter(
    ({ parentSchema, data }) => several === undefined || admits(parentSchema, data),
  );
  return [
    ...meant
      .filter(isOfKey)
      .map(({ propertyName = "", parentSchema }) =>
        diagnose(
          "schema/key-form",
          { file, path: [...path, propertyName], part: "key" },
          { key: propertyName, expected: expectationOf(parentSchema) },
        ),
      ),
    ...explainKeys(file, path, node, meant),
    ...meant
      .filter((violation) => !isOfKey(violation))
      .flatMap((violation) => explainValue(place, source, violation)),
  ];
}

function isOfKey({ keyword, propertyName }: Violation): boolean {
  return keyword === "pattern" && propertyName !== undefined;
}

/** The node that a JSON pointer names, and its path with numbers for the items of sequences. */
function follow(root: LocatedNode, pointer: string): { readonly path: Path; readonly node: LocatedNode } {
  let node = root;
  const path: (string | number)[] = [];
  for (const part of pointer.split("/").slice(1)) {
    const step = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(node.kind === "sequence" ? Number(step) : step);
    const child = childOf(node, step);
    if (child === undefined)
      throw new Error(`the validator speaks of ${pointer}, which is not in the document`);
    node = child;
  }
  return { path, node };
}
