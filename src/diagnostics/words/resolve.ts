import { words } from "../words.ts";

/** Values that are well spelled and still mean nothing. */
export const resolveWords = {
  "percentage/out-of-range": words<{ found: string; expected: string }>({
    severity: "error",
    title: "A percentage is outside its range",
    message: ({ found, expected }) => `expected ${expected}, found \`${found}\``,
  }),
  "effect/zero": words<{ found: string }>({
    severity: "error",
    title: "An effect or a margin is zero",
    message: ({ found }) => `an effect must be more than zero, found \`${found}\``,
    help: () => "no number of units finds an effect of zero; name the smallest that matters",
  }),
  "effect/rate-as-number": words<{ metric: string; found: string }>({
    severity: "error",
    title: "An absolute effect on a rate is not a percentage",
    message: ({ metric, found }) =>
      `\`${metric}\` is a rate, and an absolute effect on it is a percentage; found the number \`${found}\``,
    help: ({ found }) => `for ${found} percentage points write \`${found}%\``,
  }),
  "effect/number-as-rate": words<{ metric: string; kind: string; found: string }>({
    severity: "error",
    title: "An absolute effect is a percentage where the metric is not a rate",
    message: ({ metric, kind, found }) =>
      `\`${metric}\` is a ${kind}, and an absolute effect on it is a number in its unit; found \`${found}\``,
    help: ({ found }) => `for an effect relative to the control write \`${found}\` without \`absolute\``,
  }),
  "mde/default-absolute": words<Record<never, never>>({
    severity: "error",
    title: "The project's default MDE is absolute",
    message: () => "a default MDE must be relative, because metrics differ in their units",
    help: () => "write a percentage such as `5%`, or give each experiment its own `mde`",
  }),
  "date/not-a-day": words<{ found: string }>({
    severity: "error",
    title: "A day that does not exist",
    message: ({ found }) => `there is no day \`${found}\``,
  }),
  "timezone/unknown": words<{ found: string }>({
    severity: "error",
    title: "A timezone that does not exist",
    message: ({ found }) => `\`${found}\` is not an IANA timezone`,
    help: () => "write a name such as `UTC` or `Europe/Berlin`",
  }),
  "ratio/part-kind": words<{ metric: string; kind: string }>({
    severity: "error",
    title: "A part of a ratio cannot be added up",
    message: ({ metric, kind }) =>
      `\`${metric}\` is a ${kind}; the parts of a ratio are conversions, counts or sums`,
    help: ({ kind }) =>
      kind === "mean" ? "a mean leaves out units without events; take a sum" : "name the parts themselves",
  }),
  "variants/unexpected-weight": words<{ variant: string }>({
    severity: "error",
    title: "A weight under uniformChoice",
    message: ({ variant }) => `\`${variant}\` has a weight, but \`uniformChoice\` draws all variants alike`,
    help: () => "remove the weights, or write `assign: weightedChoice`",
  }),
  "variants/missing-weight": words<{ variant: string; given: string }>({
    severity: "error",
    title: "A variant without a weight",
    message: ({ variant }) => `\`${variant}\` has no weight, but \`weightedChoice\` draws by weight`,
    help: ({ given }) => `the weights given sum to ${given}; all of them must sum to 100%`,
  }),
  "warehouse/outside-project": words<{ pattern: string }>({
    severity: "error",
    title: "A source reads files outside the project",
    message: ({ pattern }) => `\`${pattern}\` can name files outside the folder that holds \`experiments/\``,
    help: () =>
      "write a path relative to that folder, with forward slashes and without `..`; put the data, not a link to it, below it",
  }),
};
