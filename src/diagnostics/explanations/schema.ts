import type { Explanations } from "../explanation.ts";

const METRIC = `kind: count
name: Sign-ups
better: higher
`;

export const schemaExplanations = {
  "schema/unknown-key": {
    why: "A misspelled key would otherwise be ignored: the setting that you meant would not hold, and nobody would be told.",
    example: {
      bad: { "one-page.yaml": "«rolout»: 50%\n" },
      good: { "one-page.yaml": "rollout: 50%\n" },
    },
  },
  "schema/missing-key": {
    why: "Without this key the document does not say enough to act on.",
    example: {
      bad: { "metrics/sign-ups.yaml": "«kind»: count\nname: Sign-ups\nevent: purchase\n" },
      good: { "metrics/sign-ups.yaml": "kind: count\nname: Sign-ups\nbetter: higher\nevent: purchase\n" },
    },
  },
  "schema/needed-with": {
    why: "Some keys mean something only together: a mean without its spread cannot be planned with.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${METRIC}event: purchase\nbaseline: { «mean»: 0.4 }\n` },
      good: {
        "metrics/sign-ups.yaml": `${METRIC}event: purchase\nbaseline: { mean: 0.4, standardDeviation: 1.3 }\n`,
      },
    },
  },
  "schema/one-of-keys": {
    why: "The document has to choose one of these keys: a metric reads either events or a column.",
    example: {
      bad: { "metrics/sign-ups.yaml": "«kind»: count\nname: Sign-ups\nbetter: higher\n" },
      good: { "metrics/sign-ups.yaml": `${METRIC}event: purchase\n` },
    },
  },
  "schema/conflicting-keys": {
    why: "Two keys say the same thing in different ways, and nothing says which of them holds.",
    example: {
      bad: { "metrics/sign-ups.yaml": `${METRIC}event: purchase\n«column»: sign_ups\n` },
      good: { "metrics/sign-ups.yaml": `${METRIC}event: purchase\n` },
    },
  },
  "schema/key-form": {
    why: "Keys become names in code, in data and in salts of hashes, so they are made of letters, digits, `_` and `-`.",
    example: {
      bad: { "refactor.yaml": "variants: { control: {}, «very fast»: {} }\n" },
      good: { "refactor.yaml": "variants: { control: {}, very-fast: {} }\n" },
    },
  },
  "schema/type": {
    why: "Values are never converted silently: `0.05` could mean 5% or 0.05%, so a share is written as a percentage.",
    example: {
      bad: { "one-page.yaml": "mde: «0.05»\n" },
      good: { "one-page.yaml": "mde: 5%\n" },
    },
  },
  "schema/form": {
    why: "Percentages, durations, days and names have one spelling each, so that two files that say the same look the same.",
    example: {
      bad: { "one-page.yaml": "end: «29.11.2026»\n" },
      good: { "one-page.yaml": "end: 2026-11-29\n" },
    },
  },
  "schema/not-quoted": {
    why: "YAML reads this as a number or as true or false, and text is expected. A conversion would depend on how the value is spelled (`1.0`, `1e3`), so it is quoted instead.",
    example: {
      bad: { "refactor.yaml": 'control: «0»\nvariants: { "0": {}, "1": {} }\n' },
      good: { "refactor.yaml": 'control: "0"\nvariants: { "0": {}, "1": {} }\n' },
    },
  },
  "schema/choice": {
    why: "Only these values have a meaning here.",
    example: {
      bad: { "one-page.yaml": "status: «runing»\n" },
      good: { "one-page.yaml": "status: running\n" },
    },
  },
  "schema/range": {
    why: "The number lies where it has no meaning: iterations are counted from 1, sizes and margins are above zero.",
    example: {
      bad: { "one-page.yaml": "iteration: «0»\n" },
      good: { "one-page.yaml": "iteration: 1\n" },
    },
  },
  "schema/no-entries": {
    why: "An empty list of values matches nobody, and an empty mapping says nothing: both are mostly something unfinished.",
    example: {
      bad: { "audiences/shoppers.yaml": "when: { country: «[]» }\n" },
      good: { "audiences/shoppers.yaml": "when: { country: [US] }\n" },
    },
  },
} satisfies Explanations;
