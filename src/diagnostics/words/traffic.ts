import { words } from "../words.ts";

/** Layers, the holdout, and who is measured where. */
export const trafficWords = {
  "layer/empty-range": words<{ from: string; to: string }>({
    severity: "error",
    title: "An empty range of a layer",
    message: ({ from, to }) => `the range from ${from} to ${to} is empty; \`to\` must be more than \`from\``,
  }),
  "layer/other-unit": words<{ layer: string; unit: string; expected: string }>({
    severity: "error",
    title: "A layer of another unit",
    message: ({ layer, unit, expected }) =>
      `the layer \`${layer}\` divides \`${expected}\`, but this experiment's unit is \`${unit}\``,
  }),
  "layer/overlap": words<{ layer: string; other: string; shared: string; free: readonly string[] }>({
    severity: "error",
    title: "Running experiments overlap in a layer",
    message: ({ layer, other, shared }) => `${shared} of the layer \`${layer}\` belongs to \`${other}\` too`,
    help: ({ free }) => (free.length === 0 ? "the layer is full" : `free in this layer: ${free.join(", ")}`),
  }),
  "layer/will-overlap": words<{ layer: string; other: string; shared: string; free: readonly string[] }>({
    severity: "note",
    title: "A draft whose range is taken",
    message: ({ layer, other, shared }) =>
      `${shared} of the layer \`${layer}\` belongs to \`${other}\`, which is running: this draft cannot start beside it`,
    help: ({ free }) => (free.length === 0 ? "the layer is full" : `free in this layer: ${free.join(", ")}`),
  }),
  "layer/carry-over": words<{ other: string; start: string; completeOn: string }>({
    severity: "warning",
    title: "A range is taken over while its former owner is still measured",
    message: ({ other, start, completeOn }) =>
      `this starts on ${start} on units of \`${other}\`, whose metrics are complete on ${completeOn}`,
    help: ({ completeOn }) => `start on ${completeOn} or later, or take another range`,
  }),
  "layer/shared-surface": words<{ unit: string; others: readonly string[]; surface: string }>({
    severity: "warning",
    title: "Running experiments on one surface outside a layer",
    message: ({ unit, others, surface }) =>
      `the same \`${unit}\` can also be in ${others.join(", ")}, on the same surface: ${surface}`,
    help: () => "put them into one layer, each with a range of its own",
  }),
  "holdout/everybody": words<{ unit: string }>({
    severity: "error",
    title: "A holdout of everybody",
    message: ({ unit }) => `the holdout is 100% of \`${unit}\`: no experiment would meet anybody`,
  }),
  "exposure/unit-without-column": words<{ unit: string; known: readonly string[] }>({
    severity: "error",
    title: "Exposures do not carry the experiment's unit",
    message: ({ unit }) => `the warehouse names no column for the unit \`${unit}\``,
    help: ({ known, unit }) =>
      `it names columns for ${known.map((key) => `\`${key}\``).join(", ")}; add \`${unit}\` to its \`units\``,
  }),
  "exposure/test-units": words<{ unit: string; known: readonly string[] }>({
    severity: "error",
    title: "Test units that exposures do not carry",
    message: ({ unit }) =>
      `\`${unit}\` is listed under \`testUnits\`, and the exposures have no column of its id`,
    help: ({ known, unit }) =>
      `there are columns for ${known.map((key) => `\`${key}\``).join(", ")}; add \`${unit}\` to \`units\``,
  }),
  "exposure/event-of-other-unit": words<{ event: string; unit: string; units: readonly string[] }>({
    severity: "error",
    title: "The exposure event does not carry the experiment's unit",
    message: ({ event, unit, units }) =>
      `the event \`${event}\` carries ${units.map((key) => `\`${key}\``).join(", ")}, not \`${unit}\``,
  }),
  "event/unit-without-column": words<{ event: string; unit: string; source: string }>({
    severity: "error",
    title: "An event's source has no column for its unit",
    message: ({ event, unit, source }) =>
      `the event \`${event}\` carries \`${unit}\`, but its source \`${source}\` names no column for it`,
    help: ({ unit, source }) => `add \`${unit}\` to the \`units\` of \`${source}\`, or remove it here`,
  }),
};
