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
  "per/other-unit": words<{ metric: string; event: string; unit: string; units: readonly string[] }>({
    severity: "error",
    title: "A metric's event does not carry the measured unit",
    message: ({ metric, event, unit, units }) =>
      `\`${metric}\` is measured per \`${unit}\`, and \`${event}\` carries ${units.map((key) => `\`${key}\``).join(", ")}`,
    help: ({ unit }) => `add \`${unit}\` to the event's \`units\`, if its rows hold that id`,
  }),
  "per/without-column": words<{ metric: string; unit: string }>({
    severity: "error",
    title: "The exposures do not say who was measured",
    message: ({ metric, unit }) =>
      `\`${metric}\` is measured per \`${unit}\`, and the exposures have no column of its id`,
    help: ({ unit }) => `add \`${unit}\` to \`warehouse.sources.exposures.units\``,
  }),
  "per/winsorized": words<{ metric: string }>({
    severity: "error",
    title: "A cap on what is measured per member of a cluster",
    message: ({ metric }) => `\`${metric}\` is a total over the members of each unit, and cannot be capped`,
    help: () => "remove `winsorize` or `per`",
  }),
  "ratio/part-as-it-is": words<{ metric: string; key: string }>({
    severity: "error",
    title: "A part of a ratio that is not taken as it is",
    message: ({ metric, key }) =>
      `\`${metric}\` has \`${key}\`, and the parts of a ratio are added up as they are`,
    help: ({ key }) => `name a metric of the same event without \`${key}\``,
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
  "baseline/unused": words<{ metric: string; kind: string; name: string; reason: string }>({
    severity: "error",
    title: "A part of a baseline that the plan does not read",
    message: ({ metric, kind, name, reason }) =>
      `\`${name}\` means nothing for the ${kind} \`${metric}\`: ${reason}`,
    help: ({ name }) => `remove \`${name}\``,
  }),
  "baseline/steps": words<{ metric: string; problem: string }>({
    severity: "error",
    title: "The rates of a funnel do not fit its steps",
    message: ({ metric, problem }) => `\`${metric}\` ${problem}`,
    help: () => "write the share of units that get to each step, first to last",
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
