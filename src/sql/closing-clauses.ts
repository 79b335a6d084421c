import type { Select } from "./tree.ts";

/**
 * The clauses that end a select in every dialect: `group by`, `order by` and `limit`. They call columns by position: the
 * parameters in a repeated expression would count as different ones.
 *
 * @param nulls What the dialect must be told about their order, ` nulls last` for one that does not put them there.
 */
export function closingClauses(query: Select, nulls = ""): readonly string[] {
  const position = positionIn(query);
  const terms = query.orderBy.map(
    ({ name, descending }) => `${position(name)}${descending ? " desc" : ""}${nulls}`,
  );
  return [
    ...(query.groupBy.length > 0 ? [`group by ${query.groupBy.map(position).join(", ")}`] : []),
    ...(terms.length > 0 ? [`order by ${terms.join(", ")}`] : []),
    ...(query.limit === null ? [] : [`limit ${BigInt(query.limit)}`]),
  ];
}

function positionIn(query: Select): (name: string) => number {
  return (name) => {
    const index = query.columns.findIndex((each) => each.name === name);
    if (index < 0) throw new Error(`no column ${name} to group or order by`);
    return index + 1;
  };
}
