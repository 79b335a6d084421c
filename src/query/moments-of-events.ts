import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import { column, isNull, not } from "../sql/expressions.ts";
import { dropTable, named, table } from "../sql/queries.ts";
import type { Moments } from "../statistics/moments.ts";
import { breakDown } from "./break-down.ts";
import { breakDownQuantile } from "./break-down-quantile.ts";
import { textOf } from "./cell-expressions.ts";
import { EXPOSURES } from "./declared-sources.ts";
import type { Engine } from "./engine.ts";
import type { ExperimentTables, TablesRequest } from "./experiment-tables.ts";
import { exposureRows } from "./exposure-rows.ts";
import type { FollowedExperiment, MomentsRequest } from "./followed-experiment.ts";
import { ARRIVED, createArrivals } from "./funnel-arrivals.ts";
import { groupedMoments } from "./grouped-moments.ts";
import type { HealthFacts } from "./health/facts.ts";
import { type MeasuredMetric, winsorizeOf } from "./measured-metric.ts";
import { seriesOf } from "./metric-series.ts";
import { type Steps, stepsOf } from "./metric-steps.ts";
import { momentsOfClusters } from "./moments-of-clusters.ts";
import type { Cap, MetricMoments } from "./observation.ts";
import { quantileMoments } from "./quantile-moments.ts";
import { type Splits, splitByTraits, unitsOfSplits } from "./trait-splits.ts";
import { createTraits, type Traits, traitName } from "./unit-traits.ts";
import { beside, cappedAt, type UnitVariable } from "./unit-variable.ts";
import { binsOf, isWorthBins } from "./value-bins.ts";
import { findCap } from "./winsor-cap.ts";

type Request = MomentsRequest & TablesRequest;

/** The moments of all metrics of an experiment, in its order, from what its units did. */
export async function momentsOfEvents(
  request: Request,
  followed: FollowedExperiment,
  tables: ExperimentTables,
): Promise<{
  readonly metrics: readonly MetricMoments[];
  readonly health: Pick<HealthFacts, "byBreakdown">;
}> {
  const { engine } = request;
  const { experiment, enrolled, cutoff, looks = [] } = followed;
  const made: string[] = [];
  const traits = await traitsOf(request, followed);
  const all =
    traits && (await splitByTraits(engine, experiment, traits, enrolled.exposed ?? enrolled.table!));
  const found = new Map<string, MetricMoments>();
  const windows = new Set(metricsOf(experiment).map(({ window }) => window));
  for (const window of windows) {
    const steps = await stepsOf(engine, experiment, enrolled, { window, cutoff, looks });
    const mine = <Item extends { readonly metric: Metric }>(items: readonly Item[]) =>
      items.filter(({ metric }) => metric.window === window);
    const splits =
      traits && (await splitByTraits(engine, experiment, traits, enrolled.table!, steps.isMature));
    const counted: MeasuredMetric[] = mine(tables.summed).filter(({ metric }) => metric.per === null);
    for (const funnel of mine(tables.funnels)) {
      const name = `arrivals of ${funnel.metric.key}`;
      await engine.run(createArrivals(name, funnel.metric, funnel));
      made.push(name);
      counted.push({
        metric: funnel.metric,
        from: table(name),
        where: [],
        variable: ARRIVED,
        covariate: null,
        ages: [],
      });
    }
    for (const metric of await plainMoments(request, followed, counted, steps, splits)) {
      found.set(metric.metric, metric);
    }
    for (const measured of mine(tables.summed).filter(({ metric }) => metric.per !== null)) {
      found.set(measured.metric.key, await momentsOfClusters(request, tables, measured, steps, splits));
    }
    for (const { metric, rows, where, hit, number } of mine(tables.quantiles)) {
      const exposed = steps.exposed.at(-1)!;
      const values = {
        engine,
        metric,
        from: table(rows),
        where: [...where, column(hit), not(isNull(column(number))), ...steps.isMature],
        value: column(number),
        isKeyed: true,
        ranks: request.quantileRanks(experiment),
      };
      found.set(metric.key, {
        ...{ metric: metric.key, exposed },
        ...(await quantileMoments({ ...values, exposed })),
        ...(splits ? { breakdowns: await breakDownQuantile(values, splits) } : {}),
      });
    }
  }
  for (const name of [...made, ...(traits ? [traits.table] : [])]) await engine.run(dropTable(name));
  return {
    metrics: metricsOf(experiment).map(({ key }) => found.get(key)!),
    health: all ? { byBreakdown: unitsOfSplits(all) } : {},
  };
}

async function traitsOf(
  { engine, project, layout, sources }: Request,
  { experiment, enrolled }: FollowedExperiment,
): Promise<Traits | null> {
  const { breakdowns } = experiment.analysis;
  if (breakdowns.length === 0) return null;
  const relation = sources.relations.get(EXPOSURES)!;
  const texts = breakdowns.map((attribute, index) => named(traitName(index), textOf(relation, attribute)));
  const rows = exposureRows(project, experiment, layout.exposures, relation, enrolled.asOf, texts);
  return createTraits(engine, experiment, rows, enrolled.exposed ?? enrolled.table!);
}

/** Metrics with one window that are one variable of the experiment's own units. */
async function plainMoments(
  request: Request,
  followed: FollowedExperiment,
  measured: readonly MeasuredMetric[],
  steps: Steps,
  splits: Splits | null,
): Promise<readonly MetricMoments[]> {
  const { engine, project } = request;
  const ready: CappedMetric[] = [];
  for (const each of measured) ready.push(await withCap(engine, followed, each, steps));
  const arms = followed.experiment.variants.length;
  const whenMature = (each: CappedMetric) => ({ ...each, where: [...each.where, ...steps.isMature] });
  const results: MetricMoments[] = [];
  for (const alike of byTable(ready)) {
    const [{ from, where }] = alike as [CappedMetric];
    const grouping = {
      ...{ from, where, arms, groups: steps.exposed.length, groupOf: steps.groupOf },
      isCumulative: true,
    };
    const adjusted = alike.filter((each) => isAdjustedAtLooks(followed.experiment, each, steps));
    const moments = await groupedMoments(
      engine,
      grouping,
      [
        ...alike.map(({ variable }) => variable),
        ...adjusted.map(({ variable, covariate }) => beside(variable, covariate!)),
      ].map((variable) => ({ ...variable, exposed: steps.exposed })),
    );
    const covariatesOf = (each: CappedMetric) =>
      adjusted.includes(each) ? moments[alike.length + adjusted.indexOf(each)]! : null;
    const more = await furtherMoments(request, followed, alike, steps, covariatesOf);
    const broken = splits ? await breakDown(engine, alike.map(whenMature), splits) : null;
    for (const [index, each] of alike.entries()) {
      const { metric, cap } = each;
      results.push({
        metric: metric.key,
        arms: moments[index]!.at(-1)!,
        exposed: steps.exposed.at(-1)!,
        series: seriesOf(project.timezone, moments[index]!, covariatesOf(each), steps),
        ...(cap ? { cap } : {}),
        ...more[index],
        ...(broken ? { breakdowns: broken[index]! } : {}),
      });
    }
  }
  return results;
}

/** Whether the metric's values before exposure are wanted beside it at every step: where each may end the run. */
function isAdjustedAtLooks({ analysis }: Experiment, { covariate }: MeasuredMetric, steps: Steps): boolean {
  return analysis.method !== "fixed" && covariate !== null && steps.isSeries;
}

interface CappedMetric extends MeasuredMetric {
  readonly cap: Cap | null;
  readonly covariateCap: Cap | null;
}

async function withCap(
  engine: Engine,
  followed: FollowedExperiment,
  measured: MeasuredMetric,
  steps: Steps,
): Promise<CappedMetric> {
  const winsorize = winsorizeOf(measured.metric);
  if (winsorize === null) return { ...measured, cap: null, covariateCap: null };
  const find = (variable: UnitVariable) =>
    findCap(
      engine,
      {
        from: measured.from,
        where: [
          ...measured.where,
          ...steps.isMature,
          ...(variable.reported === null ? [] : [variable.reported]),
        ],
        value: variable.values[0]!,
        arms: followed.experiment.variants.length,
        silent: (rows) =>
          rows.map((count, arm) => (variable.silent === null ? 0 : steps.exposed.at(-1)![arm]! - count)),
      },
      winsorize,
    );
  const limited = (variable: UnitVariable, { value }: Cap) =>
    value === null ? variable : cappedAt(variable, value);
  const cap = await find(measured.variable);
  const variable = limited(measured.variable, cap);
  if (measured.covariate === null) return { ...measured, variable, cap, covariateCap: null };
  const covariateCap = await find(measured.covariate);
  return { ...measured, variable, cap, covariate: limited(measured.covariate, covariateCap), covariateCap };
}

/** What is wanted at the cutoff only: covariates, parts of the window, bins. */
async function furtherMoments(
  { engine }: Request,
  { experiment }: FollowedExperiment,
  measured: readonly CappedMetric[],
  steps: Steps,
  covariatesOf: (metric: CappedMetric) => readonly (readonly Moments[])[] | null,
): Promise<readonly Partial<MetricMoments>[]> {
  const exposed = steps.exposed.at(-1)!;
  const { from, where } = measured[0]!;
  const wanted = measured.flatMap((each) => [
    ...(each.covariate === null || covariatesOf(each) ? [] : [beside(each.variable, each.covariate)]),
    ...each.ages.map((age) => age.variable),
  ]);
  const grouping = {
    ...{ from, where: [...where, ...steps.isMature], arms: exposed.length },
    ...{ groups: 1, groupOf: null, isCumulative: false },
  };
  const counted = wanted.map((variable) => ({ ...variable, exposed: [exposed] }));
  const moments = counted.length === 0 ? [] : await groupedMoments(engine, grouping, counted);
  const next = moments.map(([all]) => all!)[Symbol.iterator]();
  const take = (): readonly Moments[] => next.next().value!;
  const results: Partial<MetricMoments>[] = [];
  for (const each of measured) {
    const { metric, variable, covariate, covariateCap, ages } = each;
    const before = covariate === null ? null : (covariatesOf(each)?.at(-1) ?? take());
    const covariates = before && { arms: before, ...(covariateCap ? { cap: covariateCap } : {}) };
    const byAge = ages.map(({ from: start, to }) => ({ from: start, to, arms: take(), exposed }));
    const bins = isWorthBins(experiment, metric, exposed)
      ? await binsOf(engine, { from, where: grouping.where }, variable, exposed)
      : null;
    results.push({
      ...(covariates ? { covariates } : {}),
      ...(byAge.length > 0 ? { byAge } : {}),
      ...(bins ? { bins } : {}),
    });
  }
  return results;
}

function byTable(measured: readonly CappedMetric[]): readonly (readonly CappedMetric[])[] {
  const groups = new Map<string, CappedMetric[]>();
  for (const each of measured) {
    const name = each.from.kind === "table" ? each.from.name : "";
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups.values()];
}
