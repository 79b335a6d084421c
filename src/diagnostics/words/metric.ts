import { words } from "../words.ts";

/** Metrics, what they read, and their parts in experiments. */
export const metricWords = {
  "metric/value-not-a-number": words<{ event: string; property: string; type: string }>({
    severity: "error",
    title: "A metric measures a property that is not a number",
    message: ({ event, property, type }) =>
      `the property \`${property}\` of \`${event}\` is a ${type}, not a number`,
  }),
  "metric/where-value": words<{ property: string; expected: string; found: string }>({
    severity: "error",
    title: "A filter that no event can match",
    message: ({ property, expected, found }) =>
      `\`${property}\` is ${expected}, and can never equal ${found}`,
  }),
  "metric/other-unit": words<{ metric: string; event: string; unit: string; units: readonly string[] }>({
    severity: "error",
    title: "A metric's event does not carry the experiment's unit",
    message: ({ metric, event, unit, units }) =>
      `\`${metric}\` reads \`${event}\`, which carries ${units.map((key) => `\`${key}\``).join(", ")}, not \`${unit}\``,
    help: ({ unit }) => `add \`${unit}\` to the event's \`units\`, if its rows hold that id`,
  }),
  "metric/constant": words<{ metric: string; reason: string }>({
    severity: "error",
    title: "A metric that cannot move",
    message: ({ metric, reason }) => `\`${metric}\` cannot move: ${reason}`,
    help: () => "name a metric that the variants can change",
  }),
  "metric/wrong-layout": words<{ metric: string; reads: string; layout: string }>({
    severity: "error",
    title: "A metric reads what the warehouse does not have",
    message: ({ metric, reads, layout }) => `\`${metric}\` reads ${reads}, but the warehouse has ${layout}`,
    help: () => "columns go with `warehouse.perUnit`, events with `warehouse.sources`",
  }),
  "metric/window-without-time": words<{ metric: string; place: string }>({
    severity: "error",
    title: "A window over rows without a time",
    message: ({ metric, place }) => `\`${metric}\` has a window, but ${place}`,
    help: () => "name a `timestamp` column, or remove the window",
  }),
  "ratio/windows-differ": words<{ numerator: string; denominator: string }>({
    severity: "error",
    title: "The parts of a ratio have different windows",
    message: ({ numerator, denominator }) =>
      `the numerator's window is ${numerator} and the denominator's ${denominator}; they must be the same`,
  }),
  "ratio/inputs-differ": words<{ numerator: string; denominator: string }>({
    severity: "error",
    title: "The parts of a ratio read different data",
    message: ({ numerator, denominator }) =>
      `the numerator reads ${numerator} and the denominator ${denominator}; both must read the same`,
  }),
  "baseline/other-kind": words<{ metric: string; kind: string; expected: string; found: string }>({
    severity: "error",
    title: "A baseline that does not fit the metric",
    message: ({ metric, kind, expected, found }) =>
      `\`${metric}\` is a ${kind}: its baseline is ${expected}, found ${found}`,
  }),
  "baseline/unused-reporting": words<{ metric: string; kind: string }>({
    severity: "error",
    title: "A reporting rate where every unit counts",
    message: ({ metric, kind }) => `\`${metric}\` is a ${kind}, in which units without events count too`,
    help: () => "remove `reporting`; only a metric of the kind `mean` leaves units out",
  }),
  "metrics/repeated": words<{ metric: string; role: string; other: string }>({
    severity: "error",
    title: "A metric with two parts in one experiment",
    message: ({ metric, role, other }) => `\`${metric}\` is ${role} here and already ${other}`,
    help: () => "keep one of the two",
  }),
  "margin/everything": words<{ metric: string; margin: string }>({
    severity: "error",
    title: "A margin that allows a metric to vanish",
    message: ({ metric, margin }) => `a margin of ${margin} would accept that \`${metric}\` falls to zero`,
  }),
  "effect/of-zero": words<{ metric: string; baseline: number }>({
    severity: "error",
    title: "A relative effect on a baseline that is not positive",
    message: ({ metric, baseline }) =>
      `the baseline of \`${metric}\` is ${baseline}, and a relative effect needs one above zero`,
    help: () => "write `{ absolute: … }`, in the metric's unit",
  }),
  "effect/beyond-rate": words<{ metric: string; baseline: string; found: string }>({
    severity: "error",
    title: "An effect that no rate can have",
    message: ({ metric, baseline, found }) =>
      `this takes \`${metric}\` from ${baseline} to ${found}, and a rate lies between 0% and 100%`,
  }),
};
