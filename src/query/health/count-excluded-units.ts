import type { Experiment } from "../../model/experiment.ts";
import type { ExposureSource } from "../../model/warehouse.ts";
import {
  all,
  call,
  cast,
  choose,
  column,
  isNull,
  literal,
  not,
  oneOf,
  parameter,
} from "../../sql/expressions.ts";
import { named, select, subquery } from "../../sql/queries.ts";
import type { Row } from "../../sql/result.ts";
import type { Named, Query } from "../../sql/tree.ts";
import { isBlank, textOf } from "../cell-expressions.ts";
import type { Counts } from "../observation.ts";
import type { SourceRelation } from "../source-relation.ts";
import { byVariant } from "../variant-index.ts";
import type { HealthFacts } from "./facts.ts";

/**
 * Exclusions that should strike all variants alike, in proportion to their shares: the others belong to one
 * variant, to other shares, or to people who chose.
 */
const BLIND: ReadonlySet<string> = new Set(["bots", "no-unit", "before-start", "after-end"]);

/** Column of exposure rows that were logged under another plan; NULL where none was logged. */
const OTHER_SPEC = "other spec";

/**
 * Exposure rows by `reason` and `variant`: `rows`, and of blind exclusions the `units` behind them; one bot can
 * have thousands of rows, and those without an id nobody is known of. Where rows have specs, those that are not left out are counted too, their reason NULL: `other`
 * is how many were logged under another plan. One pass.
 */
export function countByReason(rows: Query, hasSpecs: boolean): Query {
  const isOther = hasSpecs
    ? all([isNull(column("reason")), call("coalesce", column(OTHER_SPEC), literal(false))])
    : literal(false);
  const isKnown = all([oneOf(column("reason"), [...BLIND].map(parameter)), not(isBlank(column("unit")))]);
  const perUnit = select({
    columns: [
      named("reason", column("reason")),
      named("variant", column("variant")),
      named("other", isOther),
      named("who", choose([[isKnown, column("unit")]], cast(literal(null), "text"))),
      named("rows", call("count")),
    ],
    from: subquery(rows),
    where: hasSpecs ? all([]) : not(isNull(column("reason"))),
    groupBy: ["reason", "variant", "other", "who"],
  });
  return select({
    columns: [
      named("reason", column("reason")),
      named("variant", column("variant")),
      named("rows", call("sum", column("rows"))),
      named("units", call("count", column("who"))),
      named("other", call("sum", choose([[column("other"), column("rows")]], literal(0n)))),
    ],
    from: subquery(perUnit),
    groupBy: ["reason", "variant"],
  });
}

/** What the counts say of units behind exclusions and of other plans. */
export function factsOfReasons(
  experiment: Experiment,
  reasons: readonly string[],
  counted: readonly Row[],
  hasSpecs: boolean,
): Pick<HealthFacts, "excludedUnits" | "otherSpec"> {
  const known = counted.filter(({ variant }) => variant !== null);
  const included = known.filter(({ reason }) => reason === null);
  const excludedUnits = Object.fromEntries(
    reasons
      .filter((reason) => BLIND.has(reason))
      .map((reason) => [reason, unitsBehind(experiment, reason, known)]),
  );
  return {
    excludedUnits,
    ...(hasSpecs && {
      otherSpec: {
        rows: byVariant(experiment, included, "other"),
        of: byVariant(experiment, included, "rows"),
      },
    }),
  };
}

/** Rows without a unit have one group per variant, and nobody knows who they were. */
function unitsBehind(experiment: Experiment, reason: string, rows: readonly Row[]): Counts {
  const mine = rows.filter((row) => row.reason === reason);
  return byVariant(experiment, mine, reason === "no-unit" ? "rows" : "units");
}

/** The column that `countByReason` wants, where rows carry the hash of their plan. People log all of it, or a short form. */
export function specColumns(
  { columns }: ExposureSource,
  relation: SourceRelation,
  specHash: string | undefined,
): readonly Named[] {
  if (columns.specHash === null || specHash === undefined) return [];
  const forms = [specHash, specHash.slice(0, 12), specHash.slice(0, 7)];
  return [named(OTHER_SPEC, not(oneOf(textOf(relation, columns.specHash), forms.map(parameter))))];
}
