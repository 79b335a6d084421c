import type { Metric } from "../model/metric.ts";
import { binary, call, column, parameter } from "../sql/expressions.ts";
import { dropTable, named, select, table } from "../sql/queries.ts";
import type { Query } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import { centredMoments } from "./centred-moments.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Entries } from "./entries.ts";
import type { EntryScope } from "./entry-rows.ts";
import { eventMeasures } from "./event-measure.ts";
import { createEventValues } from "./event-values.ts";
import { inputsOf, passedBy } from "./follow-up.ts";
import { isSummed, outcomeOf } from "./measured-metric.ts";
import { createArrivingMembers, createClusters, createMembers } from "./members.ts";

/** How the members of units vary in a metric, and how many there are. */
export interface MemberVariation {
  /** Units with members whose window has passed, and these members. */
  readonly clusters: number;
  readonly members: number;
  /** Σ(m − m̄)² over clusters, m their members. */
  readonly sizeSquares: number;
  /** Σ m(ȳ of the cluster − ȳ)² over clusters. */
  readonly between: number;
  /** Σ(y − ȳ)² over members. */
  readonly total: number;
}

export interface MembersOf {
  /** The units that would be randomised. */
  readonly entries: Entries;
  /** Rows of `unit`, `member`, `at` and `reason`. */
  readonly rows: Query;
  /** Milliseconds: nothing later counts, nor windows that end later. Null: the data are final. */
  readonly cutoff: number | null;
}

/** A metric of one variable, measured on the members of units that were met, as an analysis measures it. */
export async function variationOfMembers(
  engine: Engine,
  scope: EntryScope,
  metric: Metric,
  { entries, rows, cutoff }: MembersOf,
): Promise<MemberVariation | null> {
  if (!isSummed(metric)) return null;
  const found = await createMembers(engine, `members of ${entries.table}`, rows, entries.table, 0);
  const measures = eventMeasures(scope.project);
  const variable = outcomeOf(metric, measures, { owner: 0, settled: metric.window ?? 0 });
  const values = `values of ${found.table}`;
  const clusters = `clusters of ${found.table}`;
  const isTimed = scope.sources.timed && found.earliest !== null;
  const population = { owner: 0, table: found.table, earliest: isTimed ? found.earliest : null, cutoff };
  const inputs = inputsOf(scope, measures);
  await engine.run(createEventValues(values, inputs, measures.list(), [population]));
  const isPassed = passedBy(metric.window, isTimed ? cutoff : null);
  const read = { table: values, where: [], variable };
  const arriving = await createArrivingMembers(engine, `arriving members of ${found.table}`, found, read, {
    groupOf: null,
    isMature: isPassed,
  });
  await engine.run(createClusters(clusters, arriving, 0));
  const [counted] = await engine.run(
    select({
      columns: [
        named("clusters", call("count")),
        named("members", call("sum", column("members"))),
        named("total", call("precise-sum", column("total"))),
      ],
      from: table(clusters),
    }),
  );
  const units = decodeNumber(counted!, "clusters");
  if (units === 0) return null;
  const members = decodeNumber(counted!, "members");
  const mean = decodeNumber(counted!, "total") / members;
  const sizes = {
    ...{ reported: null, values: [column("members")], isBinary: false, silent: [0] },
    exposed: [units],
  };
  const [[ofSizes]] = (await centredMoments(engine, 1, { from: table(clusters) }, [sizes])) as [[Moments]];
  const all = { ...variable, exposed: [members] };
  const [[ofMembers]] = (await centredMoments(engine, 1, { from: table(values), where: isPassed }, [
    all,
  ])) as [[Moments]];
  const off = binary("minus", column("total"), binary("times", parameter(mean), column("members")));
  const square = binary("divided-by", binary("times", off, off), column("members"));
  const [squares] = await engine.run(
    select({ columns: [named("between", call("precise-sum", square))], from: table(clusters) }),
  );
  for (const name of [clusters, arriving.table, values, found.table]) await engine.run(dropTable(name));
  return {
    clusters: units,
    members,
    sizeSquares: ofSizes.second[0]!,
    between: decodeNumber(squares!, "between"),
    total: ofMembers.second[0]!,
  };
}
