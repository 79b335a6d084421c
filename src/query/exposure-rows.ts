import { addDays, startOfDay } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { ExposureSource } from "../model/warehouse.ts";
import {
  all,
  any,
  binary,
  call,
  cast,
  choose,
  column,
  isNull,
  literal,
  not,
  oneOf,
  parameter,
} from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import type { Expression, Named, Query } from "../sql/tree.ts";
import { flagOf, isBetween, isBlank, microsecondsOf, numberOf, passes, textOf } from "./cell-expressions.ts";
import { toMicroseconds } from "./microseconds.ts";
import { type SourceRelation, scan } from "./source-relation.ts";
import { variantIndex } from "./variant-index.ts";

/**
 * The experiment's exposure rows up to `asOf`: `unit`, `name` (of the variant), `variant` (its index), `at`
 * (microseconds, 0 without timestamps) and `reason`: NULL, or the first of `EXCLUSIONS` that keeps the row out.
 * `also` are columns of the source's rows that are wanted too.
 */
export function exposureRows(
  project: Project,
  experiment: Experiment,
  source: ExposureSource,
  relation: SourceRelation,
  asOf: number | null,
  also: readonly Named[] = [],
): Query {
  const { columns } = source;
  const read = select({
    columns: [
      named("unit", textOf(relation, source.units[experiment.unit.key]!)),
      named("name", textOf(relation, columns.variant)),
      named("variant", variantIndex(experiment, textOf(relation, columns.variant))),
      named("at", columns.timestamp === null ? literal(0n) : microsecondsOf(relation, columns.timestamp)),
      named("iteration", columns.iteration === null ? literal(null) : numberOf(relation, columns.iteration)),
      named("forced", columns.forced === null ? literal(false) : flagOf(relation, columns.forced)),
      named("bot", any(source.exclude.map((filter) => passes(relation, filter)))),
      ...also,
    ],
    from: scan(relation),
    where: all([
      binary("equal", textOf(relation, columns.experiment), parameter(experiment.key)),
      ...(columns.timestamp === null || asOf === null
        ? []
        : [isBetween(relation, columns.timestamp, null, toMicroseconds(asOf))]),
    ]),
  });
  return select({
    columns: [
      ...["unit", "name", "variant", "at", ...also.map(({ name }) => name)].map((name) =>
        named(name, column(name)),
      ),
      named("reason", reason(project, experiment, source)),
    ],
    from: subquery(read),
  });
}

/** Why rows are left out, in the order in which the reasons are looked for. */
export const EXCLUSIONS = [
  "other-iteration",
  "unknown-variant",
  "forced",
  "bots",
  "test-units",
  "no-unit",
  "before-start",
  "after-end",
  "after-drop",
] as const;

/** The reasons that can occur: a source without a column for them cannot give them. */
export function possibleExclusions(
  experiment: Experiment,
  { columns, exclude, testUnits }: ExposureSource,
): readonly (typeof EXCLUSIONS)[number][] {
  const possible = {
    "other-iteration": columns.iteration !== null,
    "unknown-variant": true,
    forced: columns.forced !== null,
    bots: exclude.length > 0,
    "test-units": testIdsOf(experiment, testUnits).length > 0,
    "no-unit": true,
    "before-start": columns.timestamp !== null && experiment.start !== null,
    "after-end": columns.timestamp !== null && experiment.end !== null,
    "after-drop": columns.timestamp !== null && droppedOf(experiment).length > 0,
  };
  return EXCLUSIONS.filter((reason) => possible[reason]);
}

function reason(project: Project, experiment: Experiment, source: ExposureSource): Expression {
  const conditions: Readonly<Record<(typeof EXCLUSIONS)[number], () => Expression>> = {
    "other-iteration": () =>
      not(
        call(
          "coalesce",
          binary("equal", column("iteration"), parameter(experiment.iteration)),
          literal(false),
        ),
      ),
    "unknown-variant": () => isNull(column("variant")),
    forced: () => call("coalesce", column("forced"), literal(false)),
    bots: () => column("bot"),
    "test-units": () => oneOf(column("unit"), testIdsOf(experiment, source.testUnits).map(parameter)),
    "no-unit": () => isBlank(column("unit")),
    "before-start": () => binary("less", column("at"), startOf(experiment.start!, project)),
    "after-end": () => binary("at-least", column("at"), startOf(addDays(experiment.end!, 1), project)),
    "after-drop": () =>
      any(
        droppedOf(experiment).map(({ index, day }) =>
          all([
            binary("equal", column("variant"), literal(BigInt(index))),
            binary("at-least", column("at"), startOf(addDays(day, 1), project)),
          ]),
        ),
      ),
  };
  return choose(
    possibleExclusions(experiment, source).map((name) => [conditions[name](), cast(parameter(name), "text")]),
    cast(literal(null), "text"),
  );
}

function testIdsOf({ unit }: Experiment, testUnits: ExposureSource["testUnits"]): readonly string[] {
  return Object.hasOwn(testUnits, unit.key) ? testUnits[unit.key]! : [];
}

function droppedOf({ variants }: Experiment): readonly { readonly index: number; readonly day: string }[] {
  return variants.flatMap(({ dropped }, index) => (dropped === undefined ? [] : [{ index, day: dropped }]));
}

function startOf(day: string, { timezone }: Project): Expression {
  return literal(toMicroseconds(startOfDay(day, timezone)));
}
