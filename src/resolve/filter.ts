import type { Filter } from "../model/metric.ts";
import type { ScalarsDocument } from "../syntax/generated/documents.ts";
import { compareCodePoints } from "./code-point-order.ts";

/** Column → value or values, as filters ordered by column. */
export function resolveFilters(
  document: { readonly [column: string]: ScalarsDocument } = {},
): readonly Filter[] {
  return Object.entries(document)
    .sort(([left], [right]) => compareCodePoints(left, right))
    .map(([column, values]) => ({ column, values: Array.isArray(values) ? [...values] : [values] }));
}
