import type { Declarations } from "../syntax/declaration.ts";
import type { ConditionDocument } from "../syntax/generated/documents.ts";

/** Keys of the audience files that a condition names, those that they name included. */
export function namedAudiences(
  condition: ConditionDocument | undefined,
  { audiences }: Declarations,
): ReadonlySet<string> {
  const declared = new Map(audiences.map(({ key, document }) => [key, document.when]));
  const named = new Set<string>();
  const open = condition === undefined ? [] : [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "string") {
      if (named.has(next)) continue;
      named.add(next);
      const included = declared.get(next);
      if (included !== undefined) open.push(included);
      continue;
    }
    const { all = [], any = [], not } = next;
    open.push(...all, ...any, ...(not === undefined ? [] : [not]));
  }
  return named;
}
