import { dayOf, endOfDay } from "./days.ts";
import { devicesOf } from "./devices-of-users.ts";
import { type ExactMoments, exactMoments, quantileOf, type UnitValue } from "./exact-moments.ts";
import type { Expected, ExpectedCap, ExpectedMetric } from "./expected.ts";
import { type ExposedUnit, firstExposures, firstTriggers } from "./first-exposures.ts";
import { type Fraction, fractionOf, isLess, minus, over, sumOf, toNumber } from "./fraction.ts";
import { amountsOf, type Span, selected, unitValue } from "./unit-values.ts";
import {
  DAY_US,
  type EventRow,
  eventsByUnit,
  type MetricBody,
  type MetricSpec,
  type Winsorize,
  type World,
} from "./world.ts";

export function reference(world: World): Expected {
  const asOf = asOfOf(world);
  const cutoff = cutoffOf(world, asOf);
  const exposed = firstExposures(world, asOf);
  const followed = firstTriggers(world, exposed, asOf);
  return {
    asOf,
    cutoff,
    units: perVariant(world, exposed),
    triggered: perVariant(world, followed),
    crossovers: exposed.filter(({ seen }) => seen.size > 1).length,
    metrics: world.metrics.map((metric) =>
      metric.per === "device"
        ? clusteredMetric(world, metric, followed, { asOf, cutoff })
        : expectedMetric(world, metric, followed, cutoff),
    ),
  };
}

/** A.2: the largest timestamp over all rows of exposures and events, whatever event; up to a whole millisecond. */
function asOfOf({ asOf, exposures, events }: World): number {
  const last = [...exposures, ...events].reduce((latest, { at }) => Math.max(latest, at), -Infinity);
  return asOf ?? Math.ceil(last / 1000) * 1000;
}

/** A.18: decision data end with the last day of exposure and the primary's window, where nothing ends them sooner. */
function cutoffOf({ days, timezone, metrics }: World, asOf: number): number {
  if (days === null) return asOf;
  return Math.min(asOf, endOfDay(days.end, timezone) + (windowOf(metrics[0]!) ?? 0));
}

/** After which span a unit is mature. */
function windowOf({ body, window }: MetricSpec): number | null {
  return body.kind === "retention" ? body.to : window;
}

function expectedMetric(
  world: World,
  metric: MetricSpec,
  units: readonly ExposedUnit[],
  cutoff: number,
): ExpectedMetric {
  const mature = units.filter(({ first }) => first + (windowOf(metric) ?? 0) <= cutoff);
  const eventsOf = eventsByUnit(world.events);
  const followed = mature.map((unit) => ({ unit, events: eventsOf.get(unit.id) ?? [] }));
  const variables = variablesOf(metric.body);
  const arms = (of: readonly Valued[]) => armsOf(world, of, variables, raw);
  const quantileAmong = (of: readonly Followed[]) =>
    metric.body.kind === "quantile" ? quantiles(world, metric.body, of, metric, cutoff) : null;
  const quantile = quantileAmong(followed);
  const raw = quantile?.valued ?? valuesIn(metric.body, followed, (unit) => spanOf(metric, unit, cutoff));
  const { valued, cap } = winsorized(metric.body, raw);
  const among = (is: (unit: ExposedUnit) => boolean) => ({
    arms: arms(valued.filter(({ unit }) => is(unit))),
    exposed: perVariant(world, mature.filter(is)),
  });
  const whole = among(() => true);
  return {
    metric: metric.key,
    ...whole,
    cap: cap && countCapped(world, cap),
    covariates: covariatesOf(world, metric, followed, valued),
    quantile: quantile?.found ?? null,
    members: null,
    breakdowns: world.breakdowns.flatMap(() =>
      [...new Set(mature.map(({ country }) => country))].map((value) => {
        const own = quantileAmong(followed.filter(({ unit }) => unit.country === value));
        return {
          value,
          ...among(({ country }) => country === value),
          ...(own ? { arms: arms(own.valued) } : {}),
          quantile: own?.found ?? null,
        };
      }),
    ),
    series:
      quantile || units.length === 0
        ? []
        : stepsOf(world, metric, cutoff).map(({ at, ...step }) => ({
            ...step,
            ...among(({ first }) => first + windowOf(metric)! <= at),
          })),
    byAge:
      metric === world.metrics[0]
        ? agesOf(metric).map(({ from, to, isOpen }) => ({
            from,
            to,
            exposed: perVariant(world, mature),
            arms: arms(
              valuesIn(metric.body, followed, ({ first }) => ({
                from: first + from,
                to: first + to,
                isOpen,
              })),
            ),
          }))
        : [],
  };
}

/** A metric of devices: what varies are their totals by user, and how many they are. */
function clusteredMetric(
  world: World,
  metric: MetricSpec,
  units: readonly ExposedUnit[],
  { asOf, cutoff }: { readonly asOf: number; readonly cutoff: number },
): ExpectedMetric {
  const devices = devicesOf(world, units, asOf);
  const eventsOf = eventsByUnit(world.events, "device");
  const isMature = ({ first }: { readonly first: number }, at: number) => first + (metric.window ?? 0) <= at;
  const totals = (at: number): readonly Valued[] =>
    units
      .filter((unit) => isMature(unit, at))
      .map((unit) => {
        const own = devices.filter((device) => device.user === unit.id && isMature(device, at));
        const values = own.map(
          ({ id, first }) =>
            unitValue(metric.body, eventsOf.get(id) ?? [], spanOf(metric, { ...unit, first }, cutoff))!,
        );
        return {
          unit,
          value: {
            values: [sumOf(values.map((each) => each.values[0]!)), fractionOf(own.length)],
            sizes: [values.reduce((sum, { sizes }) => sum + sizes[0]!, 0), own.length],
          },
        };
      });
  const among = (of: readonly Valued[], together = of) => ({
    arms: armsOf(world, of, 2, together),
    exposed: perVariant(
      world,
      of.map(({ unit }) => unit),
    ),
  });
  const last = totals(cutoff);
  const countries = new Set(last.map(({ unit }) => unit.country));
  return {
    metric: metric.key,
    ...among(last),
    cap: null,
    covariates: null,
    quantile: null,
    members: world.variants.map((_, variant) =>
      last
        .filter(({ unit }) => unit.variant === variant)
        .reduce((sum, { value }) => sum + value.sizes[1]!, 0),
    ),
    breakdowns: world.breakdowns.flatMap(() =>
      [...countries].map((value) => ({
        value,
        ...among(
          last.filter(({ unit }) => unit.country === value),
          last,
        ),
        quantile: null,
      })),
    ),
    series:
      units.length === 0
        ? []
        : stepsOf(world, metric, cutoff).map(({ at, ...step }) => ({ ...step, ...among(totals(at)) })),
    byAge: [],
  };
}

/** The ends of the run's days, as long as they are before the cutoff, and the cutoff; none before a day has ended. */
function stepsOf({ days, timezone }: World, metric: MetricSpec, cutoff: number) {
  if (days === null || windowOf(metric) === null) return [];
  const steps = [];
  for (
    let day = days.start;
    endOfDay(day, timezone) < cutoff;
    day = dayOf(endOfDay(day, timezone), timezone)
  ) {
    steps.push({ at: endOfDay(day, timezone), day, isOver: true });
  }
  if (steps.length === 0) return [];
  const day = dayOf(cutoff - 1, timezone);
  return [...steps, { at: cutoff, day, isOver: endOfDay(day, timezone) === cutoff }];
}

function variablesOf({ kind }: MetricBody): number {
  return kind === "ratio" || kind === "quantile" ? 2 : 1;
}

interface Followed {
  readonly unit: ExposedUnit;
  readonly events: readonly EventRow[];
}

interface Valued {
  readonly unit: ExposedUnit;
  readonly value: UnitValue;
}

/** What units have of a metric in spans of their own; those that have no part are left out. */
function valuesIn(
  body: MetricBody,
  followed: readonly Followed[],
  spanOfUnit: (unit: ExposedUnit) => Span,
): readonly Valued[] {
  return followed.flatMap(({ unit, events }) => {
    const value = unitValue(body, events, spanOfUnit(unit));
    return value ? [{ unit, value }] : [];
  });
}

/** A.2: from first exposure to the end of the window, both included; A.3 of retention, its end not. */
function spanOf({ body, window }: MetricSpec, { first }: ExposedUnit, cutoff: number): Span {
  if (body.kind === "retention") return { from: first + body.from, to: first + body.to, isOpen: true };
  return { from: first, to: Math.min(cutoff, window === null ? cutoff : first + window), isOpen: false };
}

/** A.2 and A.8: the same before exposure, t₀ − c ≤ t < t₀, beside the outcome; absent events are 0. */
function covariatesOf(
  { cuped, variants }: World,
  { body }: MetricSpec,
  followed: readonly Followed[],
  outcomes: readonly Valued[],
): ExpectedMetric["covariates"] {
  if (cuped === null || ["mean", "retention", "funnel", "quantile"].includes(body.kind)) return null;
  const before = valuesIn(body, followed, ({ first }) => ({ from: first - cuped, to: first, isOpen: true }));
  const { valued, cap } = winsorized(body, before);
  const paired = outcomes.map(({ unit, value }, index) => ({
    unit,
    value: {
      values: [...value.values, ...valued[index]!.value.values],
      sizes: [...value.sizes, ...valued[index]!.value.sizes],
    },
  }));
  return {
    arms: armsOf({ variants }, paired, 2 * variablesOf(body)),
    cap: cap && countCapped({ variants }, cap),
  };
}

/** Of pooled events: how many values, from how many units, and their type-7 quantile; per unit, how many are at most that, and how many there are. */
function quantiles(
  { variants }: World,
  body: Extract<MetricBody, { kind: "quantile" }>,
  followed: readonly Followed[],
  metric: MetricSpec,
  cutoff: number,
) {
  const amounts = followed.map(({ unit, events }) => ({
    unit,
    amounts: amountsOf(selected(body.on, events, spanOf(metric, unit, cutoff))),
  }));
  const found = variants.map((_, variant) => {
    const mine = amounts.filter(({ unit }) => unit.variant === variant);
    const values = mine.flatMap((each) => each.amounts).map(fractionOf);
    const quantile = quantileOf(values, over(fractionOf(body.percent), fractionOf(100)));
    return {
      events: values.length,
      units: mine.filter((each) => each.amounts.length > 0).length,
      value: quantile && toNumber(quantile),
    };
  });
  const valued = amounts.map(({ unit, amounts: own }) => {
    const value = found[unit.variant]!.value ?? -Infinity;
    const counts = [own.filter((amount) => amount <= value).length, own.length];
    return { unit, value: { values: counts.map(fractionOf), sizes: counts } };
  });
  return { found, valued };
}

/** The days of a window, each by itself; the last one ends with it. */
function agesOf({ body, window }: MetricSpec): readonly Span[] {
  if (window === null || ["mean", "retention", "funnel", "quantile"].includes(body.kind)) return [];
  return Array.from({ length: Math.ceil(window / DAY_US) }, (_, day) => {
    const to = Math.min((day + 1) * DAY_US, window);
    return { from: day * DAY_US, to, isOpen: to < window };
  });
}

interface AppliedCap {
  readonly value: number | null;
  readonly units: readonly ExposedUnit[];
  readonly unsure: readonly ExposedUnit[];
}

/** A.9: the quantile over all arms' mature units, zeros in; a cap that is at the least value or below is none. */
function winsorized(
  body: MetricBody,
  valued: readonly Valued[],
): { readonly valued: readonly Valued[]; readonly cap: AppliedCap | null } {
  if (!("winsorize" in body) || body.winsorize === null) return { valued, cap: null };
  const values = valued.map(({ value }) => value.values[0]!);
  const cap = capOf(body.winsorize, values);
  if (cap === null || !values.some((value) => isLess(value, cap)))
    return { valued, cap: { value: null, units: [], unsure: [] } };
  const isAbove = ({ value }: Valued) => isLess(cap, value.values[0]!);
  return {
    valued: valued.map((each) =>
      isAbove(each) ? { ...each, value: { ...each.value, values: [cap] } } : each,
    ),
    cap: {
      value: toNumber(cap),
      units: valued.filter(isAbove).map(({ unit }) => unit),
      unsure: valued.filter(({ value }) => isUnsure(value, cap)).map(({ unit }) => unit),
    },
  };
}

/** Not of a value that is the cap: that is not above it. */
function isUnsure({ values: [value], sizes: [size] }: UnitValue, cap: Fraction): boolean {
  const distance = Math.abs(toNumber(minus(value!, cap)));
  return distance > 0 && distance <= 8 * Number.EPSILON * size!;
}

function capOf(winsorize: Winsorize, values: readonly Fraction[]): Fraction | null {
  if (winsorize.kind === "absolute") return fractionOf(winsorize.cap);
  return quantileOf(values, over(fractionOf(winsorize.percent), fractionOf(100)));
}

function countCapped(world: Pick<World, "variants">, { value, units, unsure }: AppliedCap): ExpectedCap {
  return { value, capped: perVariant(world, units), unsure: perVariant(world, unsure) };
}

function armsOf(
  { variants }: Pick<World, "variants">,
  of: readonly Valued[],
  variables: number,
  together: readonly Valued[] = of,
): readonly ExactMoments[] {
  const sizes = Array.from({ length: variables }, (_, axis) =>
    together.reduce((largest, { value }) => Math.max(largest, value.sizes[axis]!), 0),
  );
  return variants.map((_, variant) =>
    exactMoments(
      of.filter(({ unit }) => unit.variant === variant).map(({ value }) => value),
      sizes,
    ),
  );
}

function perVariant({ variants }: Pick<World, "variants">, units: readonly ExposedUnit[]): readonly number[] {
  return variants.map((_, index) => units.filter(({ variant }) => variant === index).length);
}
