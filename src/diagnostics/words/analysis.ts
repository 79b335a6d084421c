import { words } from "../words.ts";

/** What an analysis reads beside metrics: the time before, attributes, triggers. */
export const analysisWords = {
  "cuped/no-time": words<{ place: string }>({
    severity: "error",
    title: "CUPED over rows without a time",
    message: ({ place }) => `\`cuped\` reads what units did before their exposure, and ${place} has no times`,
    help: () => "name a `timestamp` column, or write `cuped: off`",
  }),
  "breakdown/not-exposed": words<{ attribute: string; known: readonly string[]; list: string }>({
    severity: "error",
    title: "A breakdown by what the exposures do not tell",
    message: ({ attribute }) =>
      `results cannot be split by \`${attribute}\`: it is not among the attributes of the exposures`,
    help: ({ attribute, known, list }) =>
      `add \`${attribute}\` to \`${list}\`, if the rows have such a column${known.length === 0 ? "" : `; there is ${known.map((each) => `\`${each}\``).join(", ")}`}`,
  }),
  "trigger/other-unit": words<{ event: string; unit: string; units: readonly string[] }>({
    severity: "error",
    title: "A trigger does not carry the experiment's unit",
    message: ({ event, unit, units }) =>
      `\`${event}\` carries ${units.map((key) => `\`${key}\``).join(", ")}, not \`${unit}\``,
    help: ({ unit }) => `add \`${unit}\` to the event's \`units\`, if its rows hold that id`,
  }),
  "trigger/no-time": words<{ place: string }>({
    severity: "error",
    title: "A trigger over rows without a time",
    message: ({ place }) => `a trigger comes after the exposure, and ${place} has no times`,
    help: () => "name a `timestamp` column, or remove the trigger",
  }),
  "trigger/is-exposure": words<{ event: string }>({
    severity: "warning",
    title: "A trigger that is the exposure",
    message: ({ event }) => `\`${event}\` is what exposes a unit, so every unit is triggered at once`,
    help: () => "remove the trigger",
  }),
};
